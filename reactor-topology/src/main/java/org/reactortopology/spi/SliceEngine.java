package org.reactortopology.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.reactortopology.QueueDepth;
import org.reactortopology.internal.engine.GraphEngine;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs the works of a slice over a flux of items. Owns the threads that its works run on; used for one run, then released.
 */
public interface SliceEngine {

    /**
     * Runs the works.
     *
     * <p>Backpressures as {@link org.reactortopology.TopologyRun#outcomes()} says. An error of {@code in} comes after the results of all
     * items before it.
     *
     * @param in the slice's input; subscribed to once
     * @param first makes an item of an input; runs where the first work runs; must not throw
     * @param last makes the result of an item that all works are done with; runs where the last work ran; must not throw
     */
    <A, R> Flux<R> run(Flux<A> in, Function<? super A, Item> first, Function<? super Item, ? extends R> last);

    /** How full the buffers are now; empty before the run and in engines without buffers. */
    List<QueueDepth> queues();

    /** The items that works are busy with now. */
    List<RunningItem> running();

    /** The accumulators of the aggregates; complete when the results have ended. */
    Partials partials();

    /** An item that a work is busy with. */
    record RunningItem(String work, String key) {}

    /** Lets the threads end when what runs on them has; completes when they have ended. */
    Mono<Void> release();

    /** An engine that runs everything on one thread of its own, one item after the other. */
    static SliceEngine sequential(TopologyPlan plan, WorkStats stats) {
        return GraphEngine.sequential(plan, stats);
    }

    /** An engine that runs everything on the thread that asks for results or brings a value: for tests under a virtual clock. */
    static SliceEngine immediate(TopologyPlan plan, WorkStats stats) {
        return GraphEngine.immediate(plan, stats);
    }

    /** An engine with that many cpu threads, and as many threads for io works as those may run items at once. */
    static SliceEngine parallel(TopologyPlan plan, WorkStats stats, int threads) {
        return GraphEngine.parallel(plan, stats, threads);
    }

    /**
     * An engine like {@link #parallel} that runs the slice of the plan and nothing else. For each item that enters, one leaves that did not come
     * {@link Item#derived() of others}; and before it, if items end in the slice, those that were made of it.
     *
     * @param given values that works need, by name; those not given are computed here
     */
    static SliceEngine slice(TopologyPlan plan, WorkStats stats, int threads, Map<String, Object> given) {
        return GraphEngine.slice(plan, stats, threads, given, null);
    }

    /**
     * As {@link #slice(TopologyPlan, WorkStats, int, Map)}.
     *
     * @param watch told of each call that has a deadline
     */
    static SliceEngine slice(
            TopologyPlan plan, WorkStats stats, int threads, Map<String, Object> given, WorkWatch watch) {
        return GraphEngine.slice(plan, stats, threads, given, Objects.requireNonNull(watch, "watch"));
    }

    /**
     * An engine like {@link #parallel} that runs all but the slice of the plan.
     *
     * @param given values that works need, by name; those not given are computed here
     * @param slice gives for what enters the slice what leaves it, as {@link #slice} says
     */
    static SliceEngine around(
            TopologyPlan plan,
            WorkStats stats,
            int threads,
            Map<String, Object> given,
            Function<Flux<Item>, Flux<Item>> slice) {
        return GraphEngine.around(plan, stats, threads, given, slice);
    }
}
