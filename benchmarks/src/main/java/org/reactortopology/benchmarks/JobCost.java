package org.reactortopology.benchmarks;

import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyFactory;
import org.reactortopology.benchmarks.harness.JvmCommand;
import org.reactortopology.benchmarks.harness.Load;
import org.reactortopology.benchmarks.harness.MeasuredCommand;
import org.reactortopology.benchmarks.harness.Sample;
import org.reactortopology.benchmarks.harness.Session;
import org.reactortopology.benchmarks.harness.Suite;
import org.reactortopology.benchmarks.harness.Target;
import org.reactortopology.benchmarks.harness.Unit;
import org.reactortopology.examples.Main;
import org.reactortopology.examples.piv.Pairing;
import org.reactortopology.examples.piv.PivParams;
import org.reactortopology.examples.piv.PivTopology;
import org.reactortopology.examples.piv.image.SyntheticSeries;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobMode;

/**
 * What a job costs: an item more in the ledger, the velocimetry job with and without a ledger in turn, and how soon a job with a million settled keys
 * goes on and tells its status. Arguments: which of {@code items}, {@code piv} and {@code resume}; all unless named.
 */
public final class JobCost implements Suite {

    private static final List<String> PARTS = List.of("items", "piv", "resume");
    private static final long ITEMS = 200_000;
    private static final long SHORT_ITEMS = 20_000;
    private static final long SETTLED = 1_000_000;
    private static final int PAIRS = 64;
    private static final int SHORT_PAIRS = 4;
    private static final int SIDE = 512;
    private static final int ITEMS_WARM_UPS = 2;
    private static final Unit MICROS_MORE = Unit.less("us/item more");
    private static final Target MICROS = Target.atMost(15);
    private static final Target PIV = Target.atMost(1.03);
    private static final Target FIRST_NEW = Target.atMost(3);
    private static final Target STATUS = Target.atMost(1);

    /** So many integers, unchanged; the last one tells when it is begun. */
    public static final class Same implements TopologyFactory<Same.Params, Long> {
        private static final String BEGUN = "begun";

        /** How many, and which of them tells. */
        public record Params(long items, long telling) {}

        @Override
        public Topology<Long> create(Params params) {
            return Topology.named("same")
                    .source("n", Series.range(0, params.items(), 1))
                    .map("same", cpu((Long n) -> told(n, params.telling())))
                    .build();
        }

        private static Long told(long n, long telling) {
            if (n == telling) {
                long started = ManagementFactory.getRuntimeMXBean().getStartTime();
                MeasuredCommand.tell(BEGUN, (System.currentTimeMillis() - started) / 1e3);
            }
            return n;
        }
    }

    /** Goes on with a job, with one key more than are settled, in a JVM of its own. */
    static final class Resumed {
        private Resumed() {}

        public static void main(String[] args) {
            long settled = Long.parseLong(args[1]);
            Job.in(Path.of(args[0]))
                    .mode(JobMode.RESUME)
                    .allowChanges()
                    .on(ParallelExecutor.threads(2))
                    .run(Topology.from(Same.class, new Same.Params(settled + 1, settled)))
                    .execute()
                    .block();
        }
    }

    @Override
    public void run(Session session) throws Exception {
        List<String> parts = session.arguments().isEmpty() ? PARTS : session.arguments();
        if (!PARTS.containsAll(parts)) {
            throw new IllegalArgumentException("'" + parts + "': say which of " + PARTS);
        }
        Path directory = Files.createTempDirectory("job-cost-");
        try {
            if (parts.contains("items")) {
                items(session, directory);
            }
            if (parts.contains("piv")) {
                piv(session, directory);
            }
            if (parts.contains("resume")) {
                resume(session, directory);
            }
        } finally {
            delete(directory);
        }
    }

    private static void items(Session session, Path directory) throws Exception {
        long items = session.shortForm() ? SHORT_ITEMS : ITEMS;
        Topology<Long> topology = Topology.from(Same.class, new Same.Params(items, -1));
        TopologyExecutor plain = ParallelExecutor.threads(1);
        Load load = session.load("integers through a no-op work");
        double[] without = {0};
        session.byTurns()
                .warmUps(ITEMS_WARM_UPS)
                .turn(load, "without", into -> {
                    without[0] = seconds(plain, topology);
                    into.add(Unit.ITEMS_PER_SECOND, items / without[0]);
                })
                .turn(load, "with a job", into -> {
                    double with = seconds(Job.in(directory.resolve("items")).on(plain), topology);
                    into.add(Unit.ITEMS_PER_SECOND, items / with);
                    into.add(MICROS_MORE, (with - without[0]) / items * 1e6);
                    delete(directory.resolve("items"));
                })
                .run();
        load.target("with a job", MICROS_MORE, MICROS);
    }

    private static void piv(Session session, Path directory) throws Exception {
        int pairs = session.shortForm() ? SHORT_PAIRS : PAIRS;
        Path images = Files.createDirectories(directory.resolve("images"));
        SyntheticSeries.write(images, pairs, SIDE, SIDE, 1);
        TopologyExecutor plain = ParallelExecutor.threads(2);
        Load load = session.load("velocimetry of " + pairs + " pairs");
        Path out = directory.resolve("piv");
        Topology<?> topology = Topology.from(
                PivTopology.class, new PivParams(images, "*", Pairing.PAIRS, out, List.of(64, 32), 0.5, true, false));
        session.byTurns()
                .warmUps(1)
                .turn(
                        load,
                        "with a job",
                        into -> piv(out, Job.in(out.resolve("job")).on(plain), topology, into))
                .turn(load, "without", into -> piv(out, plain, topology, into))
                .run();
        load.ratio("with a job", "without", Unit.SECONDS, PIV);
    }

    private static void piv(Path out, TopologyExecutor executor, Topology<?> topology, Sample into) throws IOException {
        Files.createDirectories(out);
        into.add(Unit.SECONDS, seconds(executor, topology));
        delete(out);
    }

    private static void resume(Session session, Path directory) throws Exception {
        String job = directory.resolve("resume").toString();
        long settled = session.shortForm() ? SHORT_ITEMS : SETTLED;
        Load load = session.load(settled + " settled keys");
        Topology<Long> topology = Topology.from(Same.class, new Same.Params(settled, -1));
        load.sample(
                "recording them",
                Unit.SECONDS,
                seconds(Job.in(Path.of(job)).on(ParallelExecutor.threads(2)), topology));
        JvmCommand small = JvmCommand.main(Resumed.class).options("-Xmx256m").arguments(job);
        JvmCommand status = JvmCommand.main(Main.class).options("-Xmx256m").arguments("status", job);
        for (int round = 0; round < session.rounds(); round++) {
            String keys = Long.toString(settled + round);
            load.sample(
                    "first new item", Unit.SECONDS, small.arguments(keys).run().figure(Same.BEGUN));
        }
        for (int round = 0; round < session.rounds(); round++) {
            load.sample("status, the whole process", Unit.SECONDS, status.run().wallSeconds());
        }
        load.target("first new item", Unit.SECONDS, FIRST_NEW);
        load.target("status, the whole process", Unit.SECONDS, STATUS);
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
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
