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

/**
 * Runs every work on one thread, one item after the other; an explicit queue never holds more than the item that passes it. The result of
 * an {@code async} work is brought back to the thread, and no other item is begun before it is there.
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
        boolean async = hops.stream().anyMatch(hop -> hop.kind() == WorkKind.ASYNC);
        return async ? LateError.of(in, arrivals -> oneByOne(arrivals, first, last)) : straight(in, first, last);
    }

    @Override
    public Mono<Void> release() {
        return thread.release();
    }

    /** The source too is subscribed to and asked on the thread; one that emits elsewhere is brought there. */
    private <A> Flux<A> arrivals(Flux<A> in) {
        return in.subscribeOn(thread.scheduler()).publishOn(thread.scheduler(), true, 1);
    }

    private <A, R> Flux<R> straight(
            Flux<A> in, Function<? super A, Item> first, Function<? super Item, ? extends R> last) {
        Flux<Item> items = arrivals(in).map(first);
        for (Hop hop : hops) {
            items = items.map(hop::apply);
        }
        return items.map(last);
    }

    private <A, R> Flux<R> oneByOne(
            Flux<A> in, Function<? super A, Item> first, Function<? super Item, ? extends R> last) {
        return arrivals(in).concatMap(input -> onThread(first.apply(input)), 1).map(last);
    }

    private Mono<Item> onThread(Item arrived) {
        Mono<Item> item = Mono.just(arrived);
        for (Hop hop : hops) {
            item = hop.kind() == WorkKind.ASYNC
                    ? item.flatMap(hop::applyAsync).publishOn(thread.scheduler())
                    : item.map(hop::apply);
        }
        return item;
    }
}
