package org.reactortopology.internal.engine;

import java.util.List;
import java.util.function.Function;
import org.reactortopology.WorkKind;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.SliceEngine;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Runs each hop on the threads of its kind. A hop is one {@code flatMap} whose concurrency is the hop's and whose inner prefetch is one;
 * an explicit queue is a {@code publishOn} without a thread of its own, whose prefetch is the queue's capacity.
 */
public final class ParallelEngine implements SliceEngine {

    private static final int ASYNC_CONCURRENCY = 16;

    private final List<Hop> hops;
    private final int lastQueue;
    private final int threads;
    private final Lanes cpu;
    private final Lanes io;

    /** Starts no thread before a work needs one. */
    public ParallelEngine(TopologyPlan plan, WorkStats stats, int threads) {
        this.hops = Hop.of(plan, stats);
        this.lastQueue = Hop.lastQueue(plan).orElse(0);
        this.threads = threads;
        this.cpu = Lanes.computing("topology-cpu", threads);
        this.io = Lanes.blocking("topology-io", ioItems());
    }

    @Override
    public <A, R> Flux<R> run(Flux<A> in, Function<? super A, Item> first, Function<? super Item, ? extends R> last) {
        return LateError.of(in, arrivals -> works(arrivals, first, last));
    }

    @Override
    public Mono<Void> release() {
        return Mono.when(cpu.release(), io.release());
    }

    private static <T> Flux<T> queued(Flux<T> items, int capacity) {
        return capacity == 0 ? items : items.publishOn(Schedulers.immediate(), true, capacity);
    }

    private <A, R> Flux<R> works(
            Flux<A> in, Function<? super A, Item> first, Function<? super Item, ? extends R> last) {
        if (hops.isEmpty()) {
            return queued(in, lastQueue).map(input -> last.apply(first.apply(input)));
        }
        if (hops.size() == 1) {
            return queued(hop(hops.get(0), in, first, last), lastQueue);
        }
        Flux<Item> items = hop(hops.get(0), in, first, Function.identity());
        for (Hop hop : hops.subList(1, hops.size() - 1)) {
            items = hop(hop, items, Function.identity(), Function.identity());
        }
        return queued(hop(hops.get(hops.size() - 1), items, Function.identity(), last), lastQueue);
    }

    /** A hop with the queue before it. */
    private <A, R> Flux<R> hop(
            Hop hop, Flux<A> in, Function<? super A, Item> before, Function<? super Item, ? extends R> after) {
        Flux<A> arrivals = queued(in, hop.queueBefore().orElse(0));
        if (hop.kind() == WorkKind.ASYNC) {
            return arrivals.flatMap(input -> hop.applyAsync(before.apply(input)).map(after), concurrency(hop), 1);
        }
        Scheduler scheduler = (hop.kind() == WorkKind.CPU ? cpu : io).scheduler();
        return arrivals.flatMap(
                input -> Mono.<R>fromCallable(() -> after.apply(hop.apply(before.apply(input))))
                        .subscribeOn(scheduler),
                concurrency(hop),
                1);
    }

    /** One thread for every item that the io hops may run at once. */
    private int ioItems() {
        long items = hops.stream()
                .filter(hop -> hop.kind() == WorkKind.IO)
                .mapToLong(this::concurrency)
                .sum();
        return (int) Math.min(Math.max(1, items), Integer.MAX_VALUE);
    }

    private int concurrency(Hop hop) {
        return hop.concurrency(
                switch (hop.kind()) {
                    case CPU -> threads;
                    case IO -> Math.max(4, 2 * threads);
                    case ASYNC -> ASYNC_CONCURRENCY;
                });
    }
}
