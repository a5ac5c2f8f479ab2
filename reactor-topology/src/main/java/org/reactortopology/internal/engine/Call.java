package org.reactortopology.internal.engine;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Keyed;
import org.reactortopology.Outcome;
import org.reactortopology.TopologyException;
import org.reactortopology.Work;
import org.reactortopology.WorkFunction;
import org.reactortopology.WorkKind;
import org.reactortopology.spi.Constants;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Partials;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.Step.Role;
import org.reactortopology.spi.WorkWatch;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** One work of a run: what it is given, and what becomes of what it returns or throws. */
final class Call {

    private final Step.WorkStep step;
    private final WorkFunction<Object, ?> function;
    private final @Nullable Deadlines deadlines;

    /** Told of calls that have deadlines; null if nobody is, or there are none. */
    private final @Nullable WorkWatch watch;

    /** What the function stands for: adding, in an aggregate. */
    private final WorkFunction<Object, ?> work;

    private final boolean intercepts;

    /** Its place among the works of the plan. */
    final int number;

    final Role role;

    @SuppressWarnings("unchecked") // the typed DSL put works together whose types fit
    Call(Step.WorkStep step, int number, Constants constants, Partials partials, @Nullable WorkWatch watch) {
        this.step = step;
        this.number = number;
        this.role = step.role();
        this.function = (WorkFunction<Object, ?>) step.work().function(constants.of(step.work()));
        this.deadlines = Deadlines.of(step.work());
        this.watch = deadlines == null ? null : watch;
        this.work = work(step, function, partials);
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

    /** Calls a work that {@link #maps} with the value that the item has by now. */
    @Nullable
    Object call(Item item, Object value) throws Exception {
        return deadlines == null ? function.apply(value) : inTime(deadlines, item, 1, function, value);
    }

    /** Calls a work whose result does not come by a publisher. */
    @Nullable
    Object callFor(Item item) throws Exception {
        Object argument = argument(item);
        return deadlines == null ? plainly(item).apply(argument) : inTime(deadlines, item, 1, plainly(item), argument);
    }

    /** Calls such a work where it may be called more than once. */
    @Nullable
    Object callFor(Item item, int attempt) throws Exception {
        Object argument = argument(item);
        return deadlines == null
                ? CallContext.of(item, attempt, null).call(plainly(item), argument)
                : inTime(deadlines, item, attempt, plainly(item), argument);
    }

    private WorkFunction<Object, ?> plainly(Item item) {
        return intercepts ? value -> intercepted(item, value, work) : work;
    }

    private @Nullable Object inTime(
            Deadlines limits, Item item, int attempt, WorkFunction<Object, ?> called, Object argument)
            throws Exception {
        WorkWatch told = watch;
        if (told == null) {
            return inTime(new CallClock(limits, null), item, attempt, called, argument);
        }
        told.began(number, item);
        try {
            CallClock clock = new CallClock(limits, () -> told.ticked(number, item));
            return inTime(clock, item, attempt, called, argument);
        } finally {
            told.ended(number, item);
        }
    }

    private static @Nullable Object inTime(
            CallClock clock, Item item, int attempt, WorkFunction<Object, ?> called, Object argument) throws Exception {
        return TimeLimit.call(CallContext.of(item, attempt, clock), clock, called, argument);
    }

    /** The clock of a call whose result comes by a publisher; null if the work has no deadline. */
    @Nullable
    CallClock clock() {
        return deadlines == null ? null : new CallClock(deadlines, null);
    }

    /** Calls a work whose result comes by a publisher, and whose deadlines the caller keeps. */
    @Nullable
    Object publisher(Item item, CallContext context) throws Exception {
        if (!intercepts) {
            return context.call(function, argument(item));
        }
        WorkFunction<Object, ?> innermost = step.work().kind() == WorkKind.ASYNC
                ? function
                : value -> Mono.fromCallable(() -> {
                    Object result = context.call(work, value);
                    if (result == null) {
                        throw nullResult(item);
                    }
                    return result;
                });
        return context.call(argument -> intercepted(item, argument, innermost), argument(item));
    }

    private Object intercepted(Item item, Object argument, WorkFunction<Object, ?> innermost) throws Exception {
        return Invoked.pass(step, item, argument, step.interceptors().size(), innermost);
    }

    /** What the work does with a value, by its role. */
    private static WorkFunction<Object, ?> work(
            Step.WorkStep step, WorkFunction<Object, ?> function, Partials partials) {
        if (step.role() != Role.AGGREGATE) {
            return function;
        }
        return value -> {
            partials.add(step.name(), value);
            return value;
        };
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
        if (breaksTheJvm(thrown)) {
            throw new TopologyException(
                    "work '" + step.name() + "' brought the JVM down for key '" + item.key() + "': " + thrown
                            + "; give the JVM more memory, or run the topology over child JVMs",
                    thrown);
        }
        Throwable cause = Exceptions.isRetryExhausted(thrown) && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof CallClock.Exceeded late) {
            return item.ended(new Outcome.TimedOut<>(
                    item.key(), item.index(), step.name(), late.deadline(), late.limit(), late.elapsed()));
        }
        return item.failed(step.name(), cause);
    }

    /** Whether it says that nothing works any more. */
    static boolean breaksTheJvm(Throwable thrown) {
        return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    }

    NullPointerException nullResult(Item item) {
        return new NullPointerException("work '" + step.name() + "' returned null for key '" + item.key()
                + "': a work returns a value for every item");
    }

    IllegalStateException emptyResult(Item item) {
        return new IllegalStateException("async work '" + step.name() + "' returned an empty publisher for key '"
                + item.key() + "': a work returns a value for every item");
    }

    /** How the work is called again in this JVM; empty if it is not. */
    static Optional<Retry> retry(Work<?, ?> work) {
        return work.retry()
                .or(() -> work.retryPolicy()
                        .filter(policy -> policy.failures() + policy.timeouts() > 0)
                        .map(RetryByReason::of));
    }

    /** Whether a hop can hold the work together with others. */
    static boolean fuses(Step.WorkStep step) {
        return !step.deferred() && retry(step.work()).isEmpty();
    }
}
