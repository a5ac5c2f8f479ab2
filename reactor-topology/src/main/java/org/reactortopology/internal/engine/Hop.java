package org.reactortopology.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.reactivestreams.Publisher;
import org.reactortopology.TopologyException;
import org.reactortopology.WorkFunction;
import org.reactortopology.WorkKind;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;

/**
 * Works of one kind that follow each other without a queue: an item goes through all of them on one thread, without a hand-over.
 * {@code async} works stay alone.
 */
final class Hop {

    private final WorkKind kind;
    private final List<Step.WorkStep> works;
    private final List<WorkFunction<Object, ?>> functions;
    private final int firstWork;
    private final OptionalInt queueBefore;
    private final WorkStats stats;

    private Hop(List<Step.WorkStep> works, int firstWork, OptionalInt queueBefore, WorkStats stats) {
        this.kind = works.get(0).work().kind();
        this.works = List.copyOf(works);
        this.functions = functions(works);
        this.firstWork = firstWork;
        this.queueBefore = queueBefore;
        this.stats = stats;
    }

    /** Cuts the plan's steps into hops, in order. A queue behind the last work has no hop; see {@link #lastQueue}. */
    static List<Hop> of(TopologyPlan plan, WorkStats stats) {
        List<Hop> hops = new ArrayList<>();
        List<Step.WorkStep> open = new ArrayList<>();
        OptionalInt queue = OptionalInt.empty();
        int works = 0;
        for (Step step : plan.steps()) {
            boolean fuses = step instanceof Step.WorkStep work
                    && !open.isEmpty()
                    && work.work().kind() != WorkKind.ASYNC
                    && work.work().kind() == open.get(0).work().kind();
            if (!fuses && !open.isEmpty()) {
                hops.add(new Hop(open, works - open.size(), queue, stats));
                open.clear();
                queue = OptionalInt.empty();
            }
            if (step instanceof Step.WorkStep work) {
                open.add(work);
                works++;
            } else if (step instanceof Step.QueueStep bound) {
                queue = OptionalInt.of(bound.capacity().items());
            }
        }
        if (!open.isEmpty()) {
            hops.add(new Hop(open, works - open.size(), queue, stats));
        }
        return hops;
    }

    /** Capacity of a queue that stands behind the last work, if one does. */
    static OptionalInt lastQueue(TopologyPlan plan) {
        List<Step> steps = plan.steps();
        return !steps.isEmpty() && steps.get(steps.size() - 1) instanceof Step.QueueStep queue
                ? OptionalInt.of(queue.capacity().items())
                : OptionalInt.empty();
    }

    WorkKind kind() {
        return kind;
    }

    /** Capacity of the queue right before this hop, if there is one. */
    OptionalInt queueBefore() {
        return queueBefore;
    }

    /** The smallest limit that the hop's works ask for, or else the given one. */
    int concurrency(int byDefault) {
        return works.stream()
                .map(step -> step.work().concurrency())
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .min()
                .orElse(byDefault);
    }

    /** Runs the works on this thread; an item that has ended passes untouched. */
    Item apply(Item item) {
        Object value = item.value();
        if (value == null) {
            return item;
        }
        for (int i = 0; i < functions.size(); i++) {
            long start = System.nanoTime();
            Throwable thrown = null;
            Object result = null;
            try {
                result = functions.get(i).apply(value);
            } catch (Throwable t) { // a user's exception is a value
                thrown = t;
            }
            boolean failed = result == null;
            stats.add(firstWork + i, 1, failed ? 1 : 0, System.nanoTime() - start);
            if (result == null) {
                return failed(item, i, thrown == null ? nullResult(item, i) : thrown);
            }
            value = result;
        }
        return item.withValue(value);
    }

    /**
     * Calls the one {@code async} work; the mono fails only for what says that the JVM is broken. Subscribes by hand, because operators throw
     * what Reactor takes for fatal (linkage and stack errors among it) at their subscriber rather than signal it.
     */
    Mono<Item> applyAsync(Item item) {
        Object value = item.value();
        if (value == null) {
            return Mono.just(item);
        }
        return Mono.create(sink -> {
            long start = System.nanoTime();
            try {
                Object publisher = functions.get(0).apply(value);
                if (publisher == null) {
                    endAsync(sink, item, nullResult(item, 0), start);
                    return;
                }
                Disposable call = Mono.from((Publisher<?>) publisher)
                        .switchIfEmpty(Mono.error(() -> emptyResult(item)))
                        .subscribe(
                                result -> {
                                    stats.add(firstWork, 1, 0, System.nanoTime() - start);
                                    sink.success(item.withValue(result));
                                },
                                thrown -> endAsync(sink, item, thrown, start),
                                null,
                                Context.of(sink.contextView()));
                sink.onCancel(call);
            } catch (Throwable thrown) { // a user's exception is a value
                endAsync(sink, item, thrown, start);
            }
        });
    }

    private void endAsync(MonoSink<Item> sink, Item item, Throwable thrown, long start) {
        Item ended;
        try {
            ended = failed(item, 0, thrown);
        } catch (TopologyException broken) {
            sink.error(broken);
            return;
        }
        stats.add(firstWork, 1, 1, System.nanoTime() - start);
        sink.success(ended);
    }

    private Item failed(Item item, int work, Throwable thrown) {
        String name = works.get(work).name();
        if (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
            throw new TopologyException(
                    "work '" + name + "' brought the JVM down for key '" + item.key() + "': " + thrown
                            + "; give the JVM more memory, or run the topology over child JVMs",
                    thrown);
        }
        return item.failed(name, thrown);
    }

    private NullPointerException nullResult(Item item, int work) {
        return new NullPointerException("work '" + works.get(work).name() + "' returned null for key '" + item.key()
                + "': a work returns a value for every item");
    }

    private IllegalStateException emptyResult(Item item) {
        return new IllegalStateException("async work '" + works.get(0).name()
                + "' returned an empty publisher for key '" + item.key() + "': a work returns a value for every item");
    }

    @SuppressWarnings("unchecked") // the typed DSL put works together whose types fit
    private static List<WorkFunction<Object, ?>> functions(List<Step.WorkStep> works) {
        return works.stream()
                .<WorkFunction<Object, ?>>map(
                        step -> (WorkFunction<Object, ?>) step.work().function())
                .toList();
    }
}
