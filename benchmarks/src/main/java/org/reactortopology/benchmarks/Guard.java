package org.reactortopology.benchmarks;

import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.Partitioning;
import org.reactortopology.RunReport;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyFactory;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Sample;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.examples.piv.Pairing;
import org.reactortopology.examples.piv.PivParams;
import org.reactortopology.examples.piv.PivTopology;
import org.reactortopology.examples.piv.image.SyntheticSeries;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.multiprocess.WorkerPool;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Small items over one worker, one item at a time, four works in one JVM and a few pairs of images, in one JVM with one worker so that a build can bear it. */
public final class Guard implements Suite {

    private static final long HEAP = 128L * 1024 * 1024;
    private static final long SMALL_ITEMS = 30_000;
    private static final int PINGS = 300;
    private static final int PINGS_BEFORE = 50;
    private static final int FUSED_ITEMS = 300_000;
    private static final int PAIRS = 3;
    private static final int SIDE = 512;
    private static final Unit MEDIAN = Unit.less("us median");
    private static final Unit P99 = Unit.less("us p99");

    /** So many arrays of 64 bytes, unchanged. */
    public static final class Small implements TopologyFactory<Long, byte[]> {
        @Override
        public Topology<byte[]> create(Long items) {
            return Topology.named("small")
                    .source("n", Series.range(0, items, 1))
                    .map("array", cpu((Long n) -> new byte[64]))
                    .partition(Partitioning.onDemand())
                    .map("same", cpu((byte[] array) -> array))
                    .build();
        }
    }

    /** Numbers from outside, unchanged. */
    public static final class Ping implements TopologyFactory<String, Long> {
        @Override
        public Topology<Long> create(String params) {
            return Topology.named("ping")
                    .input("n", Long.class, Object::toString)
                    .map("same", cpu((Long n) -> n))
                    .build();
        }
    }

    @Override
    public void run(Session session) throws Exception {
        Path directory = Files.createTempDirectory("guard-");
        Scheduler scheduler = Schedulers.newParallel("reactor", TopologyBenchmark.LANES);
        try (WorkerPool pool = WorkerPool.builder()
                .workers(1)
                .threads(1)
                .heap(HEAP)
                .noArchive()
                .build()) {
            Path images = Files.createDirectories(directory.resolve("images"));
            SyntheticSeries.write(images, PAIRS, SIDE, SIDE, 1);
            TopologyExecutor worker = MultiProcessExecutor.builder().pool(pool).build();
            Load fused = session.load("four no-op works in one JVM");
            session.byTurns()
                    .warmUps(1)
                    .turn(session.load("arrays of 64 bytes"), "one worker", into -> small(worker, into))
                    .turn(session.load("one item at a time"), "one worker", into -> ping(worker, into))
                    .turn(fused, "topology, 2 threads", Guard::fused)
                    .turn(fused, "parallel, runOn", into -> rails(scheduler, into))
                    .turn(session.load("velocimetry"), "2 threads", into -> piv(images, directory.resolve("out"), into))
                    .run();
            fused.ratio("topology, 2 threads", "parallel, runOn", Unit.NANOS_PER_ITEM);
        } finally {
            scheduler.dispose();
            delete(directory);
        }
    }

    private static void small(TopologyExecutor worker, Sample into) {
        into.add(Unit.ITEMS_PER_SECOND, SMALL_ITEMS / seconds(worker, Topology.from(Small.class, SMALL_ITEMS)));
    }

    /** The next one is sent when the one before is back. */
    private static void ping(TopologyExecutor worker, Sample into) {
        long[] nanos = new long[PINGS_BEFORE + PINGS];
        int[] back = {0};
        Sinks.Many<Long> numbers = Sinks.many().unicast().onBackpressureBuffer();
        numbers.tryEmitNext(0L).orThrow();
        long[] sent = {System.nanoTime()};
        numbers.asFlux()
                .transform(worker.<Long, Long>through(Topology.from(Ping.class, "x")))
                .doOnNext(outcome -> {
                    long now = System.nanoTime();
                    nanos[back[0]++] = now - sent[0];
                    sent[0] = now;
                    if (back[0] == nanos.length) {
                        numbers.tryEmitComplete().orThrow();
                    } else {
                        numbers.tryEmitNext((long) back[0]).orThrow();
                    }
                })
                .blockLast();
        long[] sorted =
                Arrays.stream(nanos, PINGS_BEFORE, nanos.length).sorted().toArray();
        into.add(MEDIAN, sorted[PINGS / 2] / 1e3).add(P99, sorted[PINGS * 99 / 100] / 1e3);
    }

    private static void fused(Sample into) {
        Topology<Long> topology = TopologyBenchmark.noOps(FUSED_ITEMS, false);
        double seconds = seconds(ParallelExecutor.threads(TopologyBenchmark.LANES), topology);
        into.add(Unit.NANOS_PER_ITEM, seconds * 1e9 / FUSED_ITEMS);
    }

    private static void rails(Scheduler scheduler, Sample into) {
        long start = System.nanoTime();
        Flux.range(0, FUSED_ITEMS)
                .parallel(TopologyBenchmark.LANES, 64)
                .runOn(scheduler, 64)
                .map(n -> n)
                .map(n -> n)
                .map(n -> n)
                .map(n -> n)
                .sequential()
                .blockLast();
        into.add(Unit.NANOS_PER_ITEM, (double) (System.nanoTime() - start) / FUSED_ITEMS);
    }

    private static void piv(Path images, Path out, Sample into) throws IOException {
        Files.createDirectories(out);
        Topology<?> topology = Topology.from(
                PivTopology.class, new PivParams(images, "*", Pairing.PAIRS, out, List.of(64, 32), 0.5, false));
        into.add(Unit.more("pairs/s"), PAIRS / seconds(ParallelExecutor.threads(2), topology));
        delete(out);
    }

    private static double seconds(TopologyExecutor executor, Topology<?> topology) {
        long start = System.nanoTime();
        RunReport report =
                Objects.requireNonNull(executor.run(topology).execute().block());
        if (report.counts().failures() > 0) {
            throw new IllegalStateException(report.summary());
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
