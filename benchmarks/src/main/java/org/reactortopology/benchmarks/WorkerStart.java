package org.reactortopology.benchmarks;

import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.reactortopology.RunReport;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.multiprocess.MultiProcessBuilder;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.multiprocess.WorkerPool;

/**
 * How long a worker takes from its start until its topology is built and it can take items, and a run of one item from its subscription to its report:
 * without an archive of classes, with one, and with a worker that is warm. The class path must be all jars. Argument: runs of each, 20 by default.
 */
public final class WorkerStart {

    private static final long HEAP = 128L * 1024 * 1024;
    private static final int RUNS = 20;
    private static final Duration ARCHIVE_PATIENCE = Duration.ofSeconds(60);

    private WorkerStart() {}

    /** One item through one work. */
    public static final class OneItem implements TopologyFactory<String, Long> {
        @Override
        public Topology<Long> create(String params) {
            return Topology.named("one-item")
                    .source("n", Series.range(0, 1, 1))
                    .map("double", cpu((Long n) -> 2 * n))
                    .build();
        }
    }

    private record Figure(double ready, double run) {}

    /** Prints one line for each. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException, InterruptedException {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : RUNS;
        Path archives = Files.createTempDirectory("worker-start-");
        Files.setPosixFilePermissions(archives, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        run(own().noArchive().build()); // warms this JVM up
        System.out.println("Java " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, medians of " + runs);
        print("without archive", runs, own().noArchive().build());
        run(own().archive(archives).build());
        awaitArchive(archives);
        print("with archive", runs, own().archive(archives).build());
        try (WorkerPool pool = WorkerPool.builder()
                .workers(1)
                .threads(1)
                .heap(HEAP)
                .noArchive()
                .build()) {
            MultiProcessExecutor warm =
                    MultiProcessExecutor.builder().pool(pool).build();
            run(warm);
            print("warm worker", runs, warm);
        }
    }

    private static MultiProcessBuilder own() {
        return MultiProcessExecutor.builder().workers(1).threads(1).heap(HEAP);
    }

    @SuppressWarnings("SystemOut")
    private static void print(String what, int runs, MultiProcessExecutor executor) {
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            figures.add(run(executor));
        }
        System.out.printf(
                Locale.ROOT,
                "%-16s ready after %.3f s, report after %.3f s%n",
                what,
                median(figures.stream().map(Figure::ready).toList()),
                median(figures.stream().map(Figure::run).toList()));
    }

    private static Figure run(MultiProcessExecutor executor) {
        long start = System.nanoTime();
        RunReport report = Objects.requireNonNull(
                executor.run(Topology.from(OneItem.class, "x")).execute().block());
        double run = (System.nanoTime() - start) / 1e9;
        return new Figure(report.workers().get(0).ready().toNanos() / 1e9, run);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    /** The worker that writes it is left behind by its run. */
    private static void awaitArchive(Path archives) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + ARCHIVE_PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try (DirectoryStream<Path> made = Files.newDirectoryStream(archives, "*.{jsa,aot}")) {
                if (made.iterator().hasNext()) {
                    return;
                }
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("no archive was written: is the class path all jars?");
    }
}
