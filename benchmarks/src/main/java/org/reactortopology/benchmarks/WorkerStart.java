package org.reactortopology.benchmarks;

import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import org.reactortopology.RunReport;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.Sample;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.multiprocess.MultiProcessBuilder;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.multiprocess.WorkerPool;

/**
 * How long a worker takes from its start until its topology is built and it can take items, and a run of one item from its subscription to its report:
 * without an archive of classes, with one, and with a worker that is warm. The class path must be all jars.
 */
public final class WorkerStart implements Suite {

    private static final long HEAP = 128L * 1024 * 1024;
    private static final Duration ARCHIVE_PATIENCE = Duration.ofSeconds(60);

    private static final Unit READY = Unit.less("s until ready");
    private static final Unit REPORT = Unit.less("s until report");

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

    @Override
    public void run(Session session) throws Exception {
        Path archives = Files.createDirectories(session.directory().resolve("archives"));
        Files.setPosixFilePermissions(archives, PosixFilePermissions.fromString("rwx------"));
        Load load = session.load("a run of one item");
        MultiProcessExecutor without = own().noArchive().build();
        MultiProcessExecutor with = own().archive(archives).build();
        run(without, new Sample()); // warms this JVM up
        run(with, new Sample());
        awaitArchive(archives);
        try (WorkerPool pool = WorkerPool.builder()
                .workers(1)
                .threads(1)
                .heap(HEAP)
                .noArchive()
                .build()) {
            MultiProcessExecutor warm =
                    MultiProcessExecutor.builder().pool(pool).build();
            run(warm, new Sample());
            session.byTurns()
                    .turn(load, "without archive", into -> run(without, into))
                    .turn(load, "with archive", into -> run(with, into))
                    .turn(load, "warm worker", into -> run(warm, into))
                    .run();
        }
    }

    private static MultiProcessBuilder own() {
        return MultiProcessExecutor.builder().workers(1).threads(1).heap(HEAP);
    }

    private static void run(MultiProcessExecutor executor, Sample into) {
        long start = System.nanoTime();
        RunReport report = Objects.requireNonNull(
                executor.run(Topology.from(OneItem.class, "x")).execute().block());
        into.add(REPORT, (System.nanoTime() - start) / 1e9);
        into.add(READY, report.workers().get(0).ready().toNanos() / 1e9);
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
