package org.reactortopology.benchmarks;

import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyFactory;
import org.reactortopology.examples.piv.Pairing;
import org.reactortopology.examples.piv.PivParams;
import org.reactortopology.examples.piv.PivTopology;
import org.reactortopology.examples.piv.image.SyntheticSeries;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobMode;

/**
 * What a job costs: an item more in the ledger, the velocimetry job with and without a ledger in turn, and how soon a job with a million settled keys
 * goes on and tells its status. Arguments: {@code all}, {@code items}, {@code piv} or {@code resume}; and rounds, 5 by default.
 */
public final class JobCost {

    private static final int ROUNDS = 5;
    private static final long ITEMS = 200_000;
    private static final long SETTLED = 1_000_000;
    private static final int PAIRS = 64;
    private static final int SIDE = 512;

    private JobCost() {}

    /** So many integers, unchanged; the last one tells when it is begun. */
    public static final class Same implements TopologyFactory<Same.Params, Long> {

        /** How many, and which of them tells. */
        public record Params(long items, long telling) {}

        @Override
        public Topology<Long> create(Params params) {
            return Topology.named("same")
                    .source("n", Series.range(0, params.items(), 1))
                    .map("same", cpu((Long n) -> told(n, params.telling())))
                    .build();
        }

        @SuppressWarnings("SystemOut")
        private static Long told(long n, long telling) {
            if (n == telling) {
                System.out.printf(
                        Locale.ROOT,
                        "begun %d ms after the start of the JVM%n",
                        System.currentTimeMillis()
                                - ManagementFactory.getRuntimeMXBean().getStartTime());
            }
            return n;
        }
    }

    /** Prints what was measured. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String what = args.length > 0 ? args[0] : "all";
        if (what.equals("resumed")) {
            resumed(Path.of(args[1]), Long.parseLong(args[2]));
            return;
        }
        if (!List.of("all", "items", "piv", "resume").contains(what)) {
            throw new IllegalArgumentException("'" + what + "': say all, items, piv or resume");
        }
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
        Path directory = Files.createTempDirectory("job-cost-");
        try {
            if (what.equals("all") || what.equals("items")) {
                items(directory, rounds);
            }
            if (what.equals("all") || what.equals("piv")) {
                piv(directory, rounds);
            }
            if (what.equals("all") || what.equals("resume")) {
                resume(directory, rounds);
            }
        } finally {
            delete(directory);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void items(Path directory, int rounds) throws IOException {
        Topology<Long> topology = Topology.from(Same.class, new Same.Params(ITEMS, -1));
        TopologyExecutor plain = ParallelExecutor.threads(1);
        List<Double> cost = new ArrayList<>();
        List<Double> rate = new ArrayList<>();
        for (int round = -2; round < rounds; round++) {
            Path job = directory.resolve("items-" + round);
            boolean first = Math.floorMod(round, 2) == 0; // by turns
            double early = first ? seconds(plain, topology) : 0;
            double with = seconds(Job.in(job).on(plain), topology);
            double without = first ? early : seconds(plain, topology);
            delete(job);
            if (round >= 0) {
                cost.add((with - without) / ITEMS * 1e6);
                rate.add(ITEMS / with);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "ledger: %s microseconds an item more than without, at %s items/s%n",
                range(cost, "%.1f"),
                range(rate, "%.0f"));
    }

    @SuppressWarnings("SystemOut")
    private static void piv(Path directory, int rounds) throws IOException {
        Path images = Files.createDirectories(directory.resolve("images"));
        SyntheticSeries.write(images, PAIRS, SIDE, SIDE, 1);
        TopologyExecutor plain = ParallelExecutor.threads(2);
        List<Double> ratios = new ArrayList<>();
        List<Double> walls = new ArrayList<>();
        for (int round = -1; round < rounds; round++) {
            Path out = Files.createDirectories(directory.resolve("piv-" + round));
            Topology<?> topology = Topology.from(
                    PivTopology.class, new PivParams(images, "*", Pairing.PAIRS, out, List.of(64, 32), 0.5, false));
            boolean first = Math.floorMod(round, 2) == 0; // by turns
            double early = first ? seconds(plain, topology) : 0;
            double with = seconds(Job.in(out.resolve("job")).on(plain), topology);
            double without = first ? early : seconds(plain, topology);
            delete(out);
            if (round >= 0) {
                ratios.add(with / without);
                walls.add(without);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "velocimetry of %d pairs, with a job / without: %s; without: %s s%n",
                PAIRS,
                range(ratios, "%.3f"),
                range(walls, "%.2f"));
    }

    @SuppressWarnings("SystemOut")
    private static void resume(Path directory, int rounds) throws IOException, InterruptedException {
        Path job = directory.resolve("resume");
        Topology<Long> topology = Topology.from(Same.class, new Same.Params(SETTLED, -1));
        double seconds = seconds(Job.in(job).on(ParallelExecutor.threads(2)), topology);
        System.out.printf(Locale.ROOT, "%d keys recorded in %.1f s%n", SETTLED, seconds);
        for (int round = 0; round < rounds; round++) {
            run("-Xmx256m", JobCost.class.getName(), "resumed", job.toString(), Long.toString(SETTLED + round));
        }
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            run("-Xmx256m", "org.reactortopology.examples.Main", "status", job.toString());
            System.out.printf(Locale.ROOT, "status in %.2f s%n", (System.nanoTime() - start) / 1e9);
        }
    }

    /** Goes on with one key more than are settled. */
    private static void resumed(Path job, long settled) {
        Topology<Long> topology = Topology.from(Same.class, new Same.Params(settled + 1, settled));
        Job.in(job)
                .mode(JobMode.RESUME)
                .allowChanges()
                .on(ParallelExecutor.threads(2))
                .run(topology)
                .execute()
                .block();
    }

    private static void run(String option, String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-cp",
                System.getProperty("java.class.path")));
        all.addAll(List.of(command));
        int code = new ProcessBuilder(all).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
        }
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

    private static String range(List<Double> values, String format) {
        List<Double> sorted = values.stream().sorted().toList();
        String all = "median " + format + " (" + format + " to " + format + ", " + sorted.size() + " rounds)";
        return String.format(
                Locale.ROOT, all, sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
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
