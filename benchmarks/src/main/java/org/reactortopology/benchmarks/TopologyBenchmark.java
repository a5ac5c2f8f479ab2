package org.reactortopology.benchmarks;

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
import org.openjdk.jmh.infra.Blackhole;
import org.reactortopology.Capacity;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.Work;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What an item costs in whole runs of a topology, threads and report included, beside what a user would write with Reactor. Two threads each.
 * {@link Core} takes the ratios.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TopologyBenchmark {

    static final int WORKS = 4;
    static final int LANES = 2;
    static final int SKEWED_ITEMS = 20_000;
    static final long QUICK_NANOS = 10_000;
    static final long SLOW_NANOS = 100 * QUICK_NANOS;

    private static final int ITEMS = 1_000_000;
    private static final int JOINED_ITEMS = 200_000;
    private static final int FEW_ITEMS = 50_000;
    private static final int QUEUE = 256;

    private final Scheduler scheduler = Schedulers.newParallel("reactor", LANES);
    private final Topology<Long> fused = noOps(ITEMS, false);
    private final Topology<Long> queued = noOps(ITEMS, true);
    private final Topology<Long> skewed = Topology.named("skewed")
            .source("numbers", Series.range(1, SKEWED_ITEMS + 1L, 1))
            .map("spin", Work.<Long, Long>cpu(TopologyBenchmark::skewed))
            .build();

    private final Topology<Long> joined = joined();

    /** Ends the threads. */
    @TearDown
    public void stop() {
        scheduler.dispose();
    }

    /** Four works that do nothing, which run as one hop. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public @Nullable Object fusedTopology() {
        return run(fused, ParallelExecutor.threads(LANES));
    }

    /** The same with the rails of Reactor. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public @Nullable Object fusedParallelFlux() {
        return Flux.range(0, ITEMS)
                .parallel(LANES, 64)
                .runOn(scheduler, 64)
                .map(TopologyBenchmark::noOp)
                .map(TopologyBenchmark::noOp)
                .map(TopologyBenchmark::noOp)
                .map(TopologyBenchmark::noOp)
                .sequential()
                .blockLast();
    }

    /** The same with a task for each item and work. */
    @Benchmark
    @OperationsPerInvocation(FEW_ITEMS)
    public @Nullable Object fusedFlatMap() {
        Flux<Integer> flux = Flux.range(0, FEW_ITEMS);
        for (int work = 0; work < WORKS; work++) {
            flux = flux.flatMap(item -> Mono.fromCallable(() -> noOp(item)).subscribeOn(scheduler), LANES, 1);
        }
        return flux.blockLast();
    }

    /** The same works with a queue of 256 before each but the first. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public @Nullable Object queuedTopology() {
        return run(queued, ParallelExecutor.threads(LANES));
    }

    /** Four hand-overs through queues of 256. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public @Nullable Object queuedPublishOn() {
        Flux<Integer> flux = Flux.range(0, ITEMS);
        for (int work = 0; work < WORKS; work++) {
            flux = flux.publishOn(scheduler, QUEUE).map(TopologyBenchmark::noOp);
        }
        return flux.blockLast();
    }

    /** Each number to two works that do nothing, and both results to one item again. */
    @Benchmark
    @OperationsPerInvocation(JOINED_ITEMS)
    public @Nullable Object joinedTopology() {
        return run(joined, ParallelExecutor.threads(LANES));
    }

    /** The same by position, a thread for each work. */
    @Benchmark
    @OperationsPerInvocation(JOINED_ITEMS)
    public @Nullable Object joinedZip() {
        return Flux.range(0, JOINED_ITEMS)
                .publish(source -> Flux.zip(
                        source.publishOn(scheduler, QUEUE).map(TopologyBenchmark::noOp),
                        source.publishOn(scheduler, QUEUE).map(TopologyBenchmark::noOp),
                        Integer::sum))
                .blockLast();
    }

    /** One item in a hundred spins for 1 ms, the others for 10 microseconds. */
    @Benchmark
    @OperationsPerInvocation(SKEWED_ITEMS)
    public @Nullable Object skewedTopology() {
        return run(skewed, ParallelExecutor.threads(LANES));
    }

    /** The four works on the one thread of the sequential executor. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public @Nullable Object sequentialTopology() {
        return run(fused, SequentialExecutor.create());
    }

    /** The four functions without a topology. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void plainLoop(Blackhole hole) {
        for (int i = 0; i < ITEMS; i++) {
            hole.consume(noOp(noOp(noOp(noOp((Integer) i)))));
        }
    }

    /** Numbers through four works that do nothing. */
    static Topology<Long> noOps(long items, boolean queues) {
        Stage<Long> stage = Topology.named("no-ops").source("numbers", Series.range(0, items, 1));
        for (int work = 0; work < WORKS; work++) {
            if (queues && work > 0) {
                stage = stage.queue(Capacity.bounded(QUEUE));
            }
            stage = stage.map("work" + work, Work.<Long, Long>cpu(TopologyBenchmark::same));
        }
        return stage.build();
    }

    private static Topology<Long> joined() {
        Stage<Long> numbers = Topology.named("joined").source("numbers", Series.range(0, JOINED_ITEMS, 1));
        Stage<Long> one = numbers.map("one", Work.<Long, Long>cpu(TopologyBenchmark::same));
        Stage<Long> other = numbers.map("other", Work.<Long, Long>cpu(TopologyBenchmark::same));
        return one.joinByKey("both", other, Long::sum).build();
    }

    private static @Nullable Object run(Topology<Long> topology, TopologyExecutor executor) {
        return executor.run(topology).execute().block();
    }

    private static Long same(Long item) {
        return item;
    }

    private static Integer noOp(Integer item) {
        return item;
    }

    private static Long skewed(Long item) {
        long end = System.nanoTime() + (item % 100 == 0 ? SLOW_NANOS : QUICK_NANOS);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return item;
    }
}
