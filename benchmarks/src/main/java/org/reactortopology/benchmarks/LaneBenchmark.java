package org.reactortopology.benchmarks;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.reactortopology.internal.lane.Bound;
import org.reactortopology.internal.lane.FluxLanes;
import org.reactortopology.internal.lane.LaneFunction;
import org.reactortopology.internal.lane.QueueGauge;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What an item costs in the lane operators, beside the chains of Reactor that do the same work. Two threads each; no-op functions. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class LaneBenchmark {

    private static final int ITEMS = 1_000_000;
    private static final int FEW_ITEMS = 200_000;
    private static final int SKEWED_ITEMS = 20_000;
    private static final int LANES = 2;

    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(LANES, LANES, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
    private final Scheduler poolScheduler = Schedulers.fromExecutorService(pool);
    private final Scheduler scheduler = Schedulers.newParallel("reactor", LANES);

    /** Ends the threads. */
    @TearDown
    public void stop() {
        scheduler.dispose();
        poolScheduler.dispose();
    }

    /** Four functions in one hop. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public @Nullable Object fusedLanes() {
        return lanes(Flux.range(0, ITEMS), item -> noOp(noOp(noOp(noOp(item)))), 64)
                .blockLast();
    }

    /** The same with the rails of Reactor. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public @Nullable Object fusedParallelFlux() {
        return Flux.range(0, ITEMS)
                .parallel(LANES, 64)
                .runOn(scheduler, 64)
                .map(LaneBenchmark::noOp)
                .map(LaneBenchmark::noOp)
                .map(LaneBenchmark::noOp)
                .map(LaneBenchmark::noOp)
                .sequential()
                .blockLast();
    }

    /** The same with the rails of Reactor on the pool of the lanes. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public @Nullable Object fusedParallelFluxOnPool() {
        return Flux.range(0, ITEMS)
                .parallel(LANES, 64)
                .runOn(poolScheduler, 64)
                .map(LaneBenchmark::noOp)
                .map(LaneBenchmark::noOp)
                .map(LaneBenchmark::noOp)
                .map(LaneBenchmark::noOp)
                .sequential()
                .blockLast();
    }

    /** One task for each item and function. */
    @Benchmark
    @OperationsPerInvocation(FEW_ITEMS)
    public @Nullable Object fusedFlatMap() {
        Flux<Integer> flux = Flux.range(0, FEW_ITEMS);
        for (int work = 0; work < 4; work++) {
            flux = flux.flatMap(item -> Mono.fromCallable(() -> noOp(item)).subscribeOn(scheduler), LANES, 1);
        }
        return flux.blockLast();
    }

    /** Four hops with a buffer of 256 before each. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public @Nullable Object queuedLanes() {
        Flux<Integer> flux = Flux.range(0, ITEMS);
        for (int work = 0; work < 4; work++) {
            flux = lanes(flux, LaneBenchmark::noOp, 256);
        }
        return flux.blockLast();
    }

    /** The same with one thread for each hop. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public @Nullable Object queuedPublishOn() {
        return queuedPublishOn(scheduler);
    }

    /** The same with one thread for each hop, on the pool of the lanes. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public @Nullable Object queuedPublishOnPool() {
        return queuedPublishOn(poolScheduler);
    }

    private static @Nullable Object queuedPublishOn(Scheduler threads) {
        Flux<Integer> flux = Flux.range(0, ITEMS);
        for (int work = 0; work < 4; work++) {
            flux = flux.publishOn(threads, 256).map(LaneBenchmark::noOp);
        }
        return flux.blockLast();
    }

    /**
     * One item in a hundred takes a hundred times as long (1 ms against 10 microseconds of spinning). In nanoseconds for an item; the limit is 9950
     * for two processors, plus the last item's 1 ms over all.
     */
    @Benchmark
    @OperationsPerInvocation(SKEWED_ITEMS)
    public @Nullable Object skewedLanes() {
        return lanes(Flux.range(1, SKEWED_ITEMS), LaneBenchmark::skewed, 64).blockLast();
    }

    /** The same with the rails of Reactor. */
    @Benchmark
    @OperationsPerInvocation(SKEWED_ITEMS)
    public @Nullable Object skewedParallelFlux() {
        return Flux.range(1, SKEWED_ITEMS)
                .parallel(LANES, 64)
                .runOn(scheduler, 64)
                .map(LaneBenchmark::skewed)
                .sequential()
                .blockLast();
    }

    private static Integer skewed(Integer item) {
        long end = System.nanoTime() + (item % 100 == 0 ? 1_000_000 : 10_000);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return item;
    }

    private Flux<Integer> lanes(Flux<Integer> source, LaneFunction<Integer, Integer> function, int capacity) {
        return new FluxLanes<>(
                source,
                () -> function,
                LANES,
                pool,
                Bound.items(capacity),
                new QueueGauge("edge", capacity, Long.MAX_VALUE));
    }

    private static Integer noOp(Integer item) {
        return item;
    }
}
