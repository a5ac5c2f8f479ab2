package org.reactortopology.internal.engine;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Keyed;
import org.reactortopology.Outcome;
import org.reactortopology.TopologyException;
import org.reactortopology.WorkFunction;
import org.reactortopology.WorkKind;
import org.reactortopology.spi.Constants;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Partials;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.Step.Role;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** One work of a run: what it is given, and what becomes of what it returns or throws. */
final class Call {

    private final Step.WorkStep step;
    private final WorkFunction<Object, ?> function;
    private final @Nullable Duration limit;
    private final Partials partials;
    private final boolean intercepts;

    /** Its place among the works of the plan. */
    final int number;

    final Role role;

    @SuppressWarnings("unchecked") // the typed DSL put works together whose types fit
    Call(Step.WorkStep step, int number, Constants constants, Partials partials) {
        this.step = step;
        this.number = number;
        this.role = step.role();
        this.function = (WorkFunction<Object, ?>) step.work().function(constants.of(step.work()));
        this.limit = step.work().timeout().orElse(null);
        this.partials = partials;
        this.intercepts = !step.interceptors().isEmpty();
    }

    String name() {
        return step.name();
    }

    Step.WorkStep step() {
        return step;
    }

    /** Whether the work has anything to do with this item. */
    boolean takes(Item item) {
        if (role == Role.RECOVER) {
            Outcome<Object> ended = item.ended();
            return ended != null && ended.isFailure();
        }
        return item.value() != null;
    }

    /** What the function is called with. */
    private Object argument(Item item) {
        if (role == Role.RECOVER) {
            return Objects.requireNonNull(item.ended());
        }
        Object value = Objects.requireNonNull(item.value());
        return role == Role.KEYED ? new Keyed<>(item.key(), value) : value;
    }

    /** Whether the work takes a value, gives the next, and needs no more of its item. */
    boolean maps() {
        return role == Role.MAP && !intercepts;
    }

    /** Calls a work that {@link #maps}. */
    @Nullable
    Object call(Object value) throws Exception {
        return limit == null ? function.apply(value) : TimeLimit.call(function, value, limit);
    }

    /** Calls a work whose result does not come by a publisher. */
    @Nullable
    Object callFor(Item item) throws Exception {
        if (intercepts) {
            WorkFunction<Object, ?> called = value -> intercepted(item, value, this::work);
            return limit == null ? called.apply(argument(item)) : TimeLimit.call(called, argument(item), limit);
        }
        return limit == null ? work(argument(item)) : TimeLimit.call(function, argument(item), limit);
    }

    /** Calls a work whose result comes by a publisher, and whose limit the caller keeps. */
    @Nullable
    Object publisher(Item item) throws Exception {
        if (!intercepts) {
            return function.apply(argument(item));
        }
        WorkFunction<Object, ?> innermost = step.work().kind() == WorkKind.ASYNC
                ? function
                : value -> Mono.fromCallable(() -> {
                    Object result = work(value);
                    if (result == null) {
                        throw nullResult(item);
                    }
                    return result;
                });
        return intercepted(item, argument(item), innermost);
    }

    private Object intercepted(Item item, Object argument, WorkFunction<Object, ?> innermost) throws Exception {
        return Invoked.pass(step, item, argument, step.interceptors().size(), innermost);
    }

    private Object work(Object argument) throws Exception {
        if (role == Role.AGGREGATE) {
            partials.add(step.name(), argument);
            return argument;
        }
        return function.apply(argument);
    }

    /** The item after the work returned this. */
    Item returned(Item item, Object result) {
        return switch (role) {
            case MAP, KEYED, RECOVER, AGGREGATE -> item.withValue(result);
            case FILTER -> Boolean.TRUE.equals(result) ? item : item.skipped("filtered out by '" + step.name() + "'");
            case SELECT, EXIT -> item.withValue(new Step.Routed(result, Objects.requireNonNull(item.value())));
            case SINK -> item.consumed(step.name());
        };
    }

    /** The item after the work threw this. */
    Item threw(Item item, Throwable thrown) {
        if (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
            throw new TopologyException(
                    "work '" + step.name() + "' brought the JVM down for key '" + item.key() + "': " + thrown
                            + "; give the JVM more memory, or run the topology over child JVMs",
                    thrown);
        }
        Throwable cause = Exceptions.isRetryExhausted(thrown) && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof TimeLimit.Exceeded late) {
            return item.ended(
                    new Outcome.TimedOut<>(item.key(), item.index(), step.name(), late.limit(), late.elapsed()));
        }
        return item.failed(step.name(), cause);
    }

    NullPointerException nullResult(Item item) {
        return new NullPointerException("work '" + step.name() + "' returned null for key '" + item.key()
                + "': a work returns a value for every item");
    }

    IllegalStateException emptyResult(Item item) {
        return new IllegalStateException("async work '" + step.name() + "' returned an empty publisher for key '"
                + item.key() + "': a work returns a value for every item");
    }

    @Nullable
    Duration limit() {
        return limit;
    }

    /** Whether a hop can hold the work together with others. */
    static boolean fuses(Step.WorkStep step) {
        return !step.deferred() && step.work().retry().isEmpty();
    }
}
