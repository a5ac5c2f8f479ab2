package org.reactortopology.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Sample;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.examples.piv.Pairing;
import org.reactortopology.examples.piv.PivParams;
import org.reactortopology.examples.piv.PivTopology;
import org.reactortopology.examples.piv.image.SyntheticSeries;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Four works in one JVM and a few pairs of images, with two threads: what a build can bear of {@code core} and {@code piv}. */
public final class Guard implements Suite {

    private static final int FUSED_ITEMS = 300_000;
    private static final int PAIRS = 3;
    private static final int SIDE = 512;

    @Override
    public void run(Session session) throws Exception {
        Path directory = Files.createTempDirectory("guard-");
        Scheduler scheduler = Schedulers.newParallel("reactor", TopologyBenchmark.LANES);
        try {
            Path images = Files.createDirectories(directory.resolve("images"));
            SyntheticSeries.write(images, PAIRS, SIDE, SIDE, 1);
            Load fused = session.load("four no-op works in one JVM");
            session.byTurns()
                    .warmUps(1)
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
                PivTopology.class, new PivParams(images, "*", Pairing.PAIRS, out, List.of(64, 32), 0.5, true, false));
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
