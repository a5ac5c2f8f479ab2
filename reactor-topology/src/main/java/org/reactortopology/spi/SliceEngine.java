package org.reactortopology.spi;

import java.util.function.Function;
import org.reactortopology.internal.engine.ParallelEngine;
import org.reactortopology.internal.engine.SequentialEngine;
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

    /** Lets the threads end when what runs on them has; completes when they have ended. */
    Mono<Void> release();

    /** An engine that runs everything on one thread of its own, one item after the other. */
    static SliceEngine sequential(TopologyPlan plan, WorkStats stats) {
        return new SequentialEngine(plan, stats);
    }

    /** An engine with that many cpu threads, and as many threads for io works as those may run items at once. */
    static SliceEngine parallel(TopologyPlan plan, WorkStats stats, int threads) {
        return new ParallelEngine(plan, stats, threads);
    }
}
