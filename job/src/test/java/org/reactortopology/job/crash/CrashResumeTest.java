package org.reactortopology.job.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.crash.CrashTopology.Params;
import org.reactortopology.job.crash.CrashTopology.Shape;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Kills the process that runs a job at random moments, resumes to the end, and compares with a run that nobody has disturbed; in every eighth round the
 * one that is killed runs a job again that had come to its end. The seed is in every
 * message; {@code -Dcrash.seed=N -Dcrash.rounds=1} runs a round again, as far as the moment of a kill can be chosen from outside.
 */
class CrashResumeTest {

    private static final long ITEMS = 24;
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 200);
    /** The process that ran a job to its end, before it was run again. */
    private static final int UNDISTURBED = 0;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicInteger killed = new AtomicInteger();
    private final AtomicInteger inTheMiddle = new AtomicInteger();

    @TempDir
    Path directory;

    private QuickStart quickStart;

    @BeforeEach
    void nobodyIsNamed() throws Exception {
        System.setProperty(CrashTopology.INCARNATION, "the test");
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Path out = Files.createDirectories(classes.resolve("out"));
        quickStart = new QuickStart(
                classes,
                CrashMain.class,
                classes.resolve("job").toString(),
                out.toString(),
                Shape.KEEPING.name(),
                Long.toString(ITEMS),
                "parallel",
                "RESUME");
    }

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void whatIsDoneStaysDoneAndTheRestIsRun() {
        long first = Long.getLong("crash.seed", System.nanoTime());
        System.out.println("crash.seed=" + first);
        List<Long> seeds = Flux.range(0, ROUNDS)
                .flatMap(
                        round ->
                                Mono.fromCallable(() -> seeded(first + round)).subscribeOn(Schedulers.boundedElastic()),
                        2)
                .collectList()
                .block();

        assertThat(seeds).hasSize(ROUNDS);
        System.out.println(ROUNDS + " rounds from seed " + first + ": " + killed + " processes were killed, "
                + inTheMiddle + " of them when some items were recorded and others not");
        if (ROUNDS >= 100) { // or the kills came where they show nothing
            assertThat(inTheMiddle.get()).as("kills in the middle").isGreaterThan(ROUNDS / 20);
        }
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void workersAndCoordinatorDieTogether() throws Exception {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        System.out.println("crash.seed=" + seed);
        for (int round = 0; round < 3; round++) {
            Random random = new Random(seed + round);
            Round place = new Round(quickStart, directory.resolve("together-" + round), Shape.LINEAR, seed + round);
            Process process = place.start("multi-process", JobMode.RESUME, 1, round == 0 ? 0 : 1 + random.nextInt(12));
            process.waitFor(random.nextInt(round == 0 ? 2000 : 5), TimeUnit.MILLISECONDS);
            List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .toList();
            family.forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
            place.resumed(round == 1 ? "multi-process" : "parallel", place.recorded());
        }
    }

    private long seeded(long seed) {
        try {
            return round(seed);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("the round of seed " + seed + " (-Dcrash.seed=" + seed + " -Dcrash.rounds=1)", e);
        }
    }

    private long round(long seed) throws Exception {
        Random random = new Random(seed);
        Shape shape = Shape.values()[random.nextInt(Shape.values().length)];
        String executor = random.nextBoolean() ? "parallel" : "sequential";
        Round round = new Round(quickStart, directory.resolve("round-" + seed), shape, seed);
        Map<String, Integer> before = Map.of();
        boolean again = random.nextInt(8) == 0;
        if (again) {
            round.start(executor, JobMode.RESUME, UNDISTURBED, Integer.MAX_VALUE)
                    .waitFor();
        }
        int kills = random.nextInt(4) == 0 ? 2 : 1;
        for (int kill = 1; kill <= kills; kill++) {
            // a quarter of the kills come while the job begins, the others somewhere between its outcomes
            boolean early = random.nextInt(4) == 0;
            JobMode mode = again && kill == 1 ? JobMode.RECOMPUTE : JobMode.RESUME;
            Process process = round.start(executor, mode, kill, early ? 0 : 1 + random.nextInt((int) ITEMS));
            boolean ended = process.waitFor(random.nextInt(early ? 500 : 5), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            Map<String, Integer> after = round.recorded();
            round.keeps(before, after);
            before = after;
            killed.addAndGet(ended ? 0 : 1);
            inTheMiddle.addAndGet(!ended && !after.isEmpty() && after.size() < ITEMS ? 1 : 0);
        }
        round.resumed(executor, before);
        deleteAll(round.place);
        return seed;
    }

    private static void deleteAll(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** One job and what is known of it. */
    private static final class Round {

        private final QuickStart quickStart;
        private final Path place;
        private final Path out;
        private final Shape shape;
        private final String seed;

        Round(QuickStart quickStart, Path place, Shape shape, long seed) throws IOException {
            this.quickStart = quickStart;
            this.place = place;
            this.out = Files.createDirectories(place.resolve("out"));
            this.shape = shape;
            this.seed = "seed " + seed + ", " + shape;
        }

        /** A process that is about to begin, or has told of so many outcomes, or has ended before. */
        Process start(String executor, JobMode mode, int incarnation, int outcomes) throws IOException {
            Process process = new ProcessBuilder(quickStart.command(
                            List.of("-D" + CrashTopology.INCARNATION + "=process " + incarnation),
                            CrashMain.class,
                            place.resolve("job").toString(),
                            out.toString(),
                            shape.name(),
                            Long.toString(ITEMS),
                            executor,
                            mode.toString()))
                    .redirectError(
                            place.resolve("process-" + incarnation + ".log").toFile())
                    .start();
            BufferedReader lines = process.inputReader();
            String line = lines.readLine();
            while (line != null && !line.equals(CrashMain.READY)) {
                line = lines.readLine();
            }
            assertThat(line).as("%s: %s", seed, process.info()).isNotNull();
            for (int told = 0; told < outcomes && line != null; ) {
                line = lines.readLine();
                told += CrashMain.OUTCOME.equals(line) ? 1 : 0;
            }
            return process;
        }

        /** State of each key that counts for the ledger, all of whose effects must be there, of the run that began all again if one did. */
        Map<String, Integer> recorded() throws SQLException, IOException {
            Map<String, Integer> states = new HashMap<>();
            boolean again;
            Path ledger = place.resolve("job").resolve("ledger.db");
            if (!Files.exists(ledger)) {
                return states;
            }
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
                    Statement statement = connection.createStatement();
                    ResultSet tables = statement.executeQuery("PRAGMA quick_check")) {
                assertThat(tables.next()).isTrue();
                assertThat(tables.getString(1)).as(seed).isEqualTo("ok");
                if (!statement
                        .executeQuery("SELECT name FROM sqlite_master WHERE name = 'item'")
                        .next()) {
                    return states; // killed before it was made
                }
                again = statement
                        .executeQuery("SELECT 1 FROM run WHERE mode = 'RECOMPUTE'")
                        .next();
                ResultSet items = statement.executeQuery("SELECT key, state FROM item WHERE run >= "
                        + "(SELECT coalesce(max(number), 0) FROM run WHERE mode = 'RECOMPUTE')");
                while (items.next()) {
                    states.put(items.getString(1), items.getInt(2));
                }
            }
            for (Map.Entry<String, Integer> item : states.entrySet()) {
                if (ItemState.of(item.getValue()).isSettled()) {
                    String writer = CrashTopology.writer(out, number(item.getKey()));
                    assertThat(again && writer.equals("process " + UNDISTURBED))
                            .as("%s: %s is of the run before", seed, item.getKey())
                            .isFalse();
                }
            }
            return states;
        }

        /** Nothing that was settled is lost. */
        void keeps(Map<String, Integer> before, Map<String, Integer> after) {
            before.forEach((key, state) -> {
                if (ItemState.of(state).isSettled()) {
                    assertThat(after).as(seed).containsEntry(key, state);
                }
            });
        }

        /** Resumes to the end, here. */
        void resumed(String executor, Map<String, Integer> before) throws Exception {
            Topology<Long> topology = Topology.from(CrashTopology.class, new Params(shape, out, ITEMS));
            Map<Long, String> writers = new HashMap<>();
            for (long n = 0; n < ITEMS; n++) {
                if (settled(before, Long.toString(n))) {
                    writers.put(n, CrashTopology.writer(out, n));
                }
            }
            Job job = Job.in(place.resolve("job")).mode(JobMode.RESUME);
            TopologyRun<Long> run = job.on(CrashMain.executor(executor)).run(topology);
            Map<String, Outcome<Long>> outcomes = Objects.requireNonNull(run.outcomes()
                    .collect(Collectors.<Outcome<Long>, String, Outcome<Long>>toMap(Outcome::key, outcome -> outcome))
                    .block(PATIENCE));
            RunReport report = Objects.requireNonNull(run.report().block(PATIENCE));

            assertThat(report.state()).as(seed).isEqualTo(RunState.COMPLETED);
            if (shape == Shape.KEEPING) {
                assertThat(report.<Long>result(CrashTopology.SUM)).as(seed).isEqualTo(sum());
            }
            Map<String, Integer> after = recorded();
            assertThat(after).as(seed).isEqualTo(undisturbed());
            for (long n = 0; n < ITEMS; n++) {
                String key = Long.toString(n);
                if (settled(before, key)) {
                    assertThat(outcomes.get(key)).as(seed).isEqualTo(new Outcome.Skipped<>(key, n, "already done"));
                    assertThat(CrashTopology.writer(out, n)).as(seed).isEqualTo(writers.get(n));
                } else if (!CrashTopology.fails(n)) {
                    assertThat(CrashTopology.writer(out, n)).as(seed).isEqualTo("the test");
                }
            }
            JobStatus status = job.status();
            assertThat(status.state()).as(seed).isEqualTo(JobStatus.State.COMPLETED);
            assertThat(job.failures()).as(seed).hasSize((int) failures());
        }

        private static boolean settled(Map<String, Integer> states, String key) {
            return states.containsKey(key) && ItemState.of(states.get(key)).isSettled();
        }

        private static long number(String key) {
            return Long.parseLong(key.replaceAll("/.*", ""));
        }

        private static long failures() {
            return ITEMS / 7;
        }

        private static long sum() {
            long sum = 0;
            for (long n = 0; n < ITEMS; n++) {
                sum += CrashTopology.fails(n) ? 0 : n;
            }
            return sum;
        }

        /** What the ledger of a run without kills says. */
        private Map<String, Integer> undisturbed() {
            Map<String, Integer> states = new HashMap<>();
            for (long n = 0; n < ITEMS; n++) {
                boolean parent = shape == Shape.CHILDREN && !CrashTopology.fails(n);
                states.put(
                        Long.toString(n),
                        (CrashTopology.fails(n) ? ItemState.FAILED : parent ? ItemState.CONSUMED : ItemState.DONE)
                                .code());
                if (parent) {
                    states.put(n + "/0", ItemState.DONE.code());
                    states.put(n + "/1", ItemState.DONE.code());
                }
            }
            return states;
        }
    }
}
