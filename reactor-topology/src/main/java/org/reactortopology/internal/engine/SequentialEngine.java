package org.reactortopology.internal.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.reactortopology.WorkKind;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.SliceEngine;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs every work on one thread, one item after the other; an explicit queue never holds more than the item that passes it. The result of
 * an {@code async} work is brought back to the thread before the next work.
 */
public final class SequentialEngine implements SliceEngine {

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final List<Hop> hops;
    private final Lanes thread = Lanes.oneThread("topology-sequential-" + RUNS.incrementAndGet());

    /** Starts no thread before the run does. */
    public SequentialEngine(TopologyPlan plan, WorkStats stats) {
        this.hops = Hop.of(plan, stats);
    }

    @Override
    public <A, R> Flux<R> run(Flux<A> in, Function<? super A, Item> first, Function<? super Item, ? extends R> last) {
        Scheduler scheduler = thread.scheduler();
        Flux<Item> items = in.publishOn(scheduler, true, 1).map(first);
        for (Hop hop : hops) {
            items = hop.kind() == WorkKind.ASYNC
                    ? items.concatMapDelayError(hop::applyAsync, 1).publishOn(scheduler, true, 1)
                    : items.map(hop::apply);
        }
        return items.map(last);
    }

    @Override
    public Mono<Void> release() {
        return thread.release();
    }
}
