package org.reactortopology.internal.engine;

import org.reactortopology.WorkKind;
import org.reactortopology.internal.lane.Bound;
import org.reactortopology.internal.lane.FluxLanes;
import org.reactortopology.internal.lane.FluxQueue;
import org.reactortopology.internal.lane.QueueGauge;
import org.reactortopology.spi.TopologyPlan;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lanes: a fixed number of cpu threads, and as many io threads as the io works may run items at once. */
final class LaneThreads implements Threads {

    private static final int ASYNC_CONCURRENCY = 16;

    private final int threads;
    private final Lanes cpu;
    private final Lanes io;

    /** Starts no thread before a work needs one. */
    LaneThreads(TopologyPlan plan, int threads) {
        this.threads = threads;
        this.cpu = Lanes.computing("topology-cpu", threads);
        this.io = Lanes.blocking("topology-io", ioItems(plan));
    }

    @Override
    public int concurrency(Hop hop) {
        return hop.concurrency(byDefault(hop.kind()));
    }

    @Override
    public Flux<Object> direct(Flux<Object> in, Hop hop, Bound<Object> bound, QueueGauge gauge) {
        hop.lanes(gauge::running);
        return new FluxLanes<>(
                in, () -> new HopRun(hop), concurrency(hop), lanes(hop.kind()).executor(), bound, gauge);
    }

    @Override
    public Flux<Object> deferred(Flux<Object> in, Hop hop) {
        boolean async = hop.kind() == WorkKind.ASYNC;
        DeferredHop deferred =
                new DeferredHop(hop, async ? null : lanes(hop.kind()).scheduler());
        return in.flatMap(deferred::apply, concurrency(hop), 1);
    }

    @Override
    public Flux<Object> queue(Flux<Object> in, Bound<Object> bound, QueueGauge gauge) {
        return new FluxQueue<>(in, bound, gauge);
    }

    @Override
    public Flux<Object> source(Flux<Object> in) {
        return in;
    }

    @Override
    public boolean oneByOne() {
        return false;
    }

    @Override
    public void later(Runnable task) {
        task.run();
    }

    @Override
    public boolean buffers() {
        return true;
    }

    @Override
    public Mono<Void> release() {
        return Mono.when(cpu.release(), io.release());
    }

    private Lanes lanes(WorkKind kind) {
        return kind == WorkKind.CPU ? cpu : io;
    }

    private int byDefault(WorkKind kind) {
        return switch (kind) {
            case CPU -> threads;
            case IO -> Math.max(4, 2 * threads);
            case ASYNC -> ASYNC_CONCURRENCY;
        };
    }

    /** One thread for every item that the io works may run at once. */
    private int ioItems(TopologyPlan plan) {
        long items = plan.works().stream()
                .filter(work -> work.work().kind() == WorkKind.IO)
                .mapToLong(work -> work.work().concurrency().orElse(byDefault(WorkKind.IO)))
                .sum();
        return (int) Math.min(Math.max(1, items), Integer.MAX_VALUE);
    }
}
