package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Aggregate;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.test.LeakCheck;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

@Timeout(60)
class JobModesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void begin() {
        directory = parent.resolve("job");
        Squares.calls();
        Squares.FAILING.clear();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        LeakCheck.awaitNoThread("topology-");
        assertThat(Files.exists(directory.resolve("lock"))).isFalse();
        assertThat(Files.exists(directory.resolve("ledger.db-wal"))).isFalse();
    }

    @Test
    void aFreshRunRecordsEveryOutcome() throws Exception {
        Squares.FAILING.add(2L);

        Run run = run(JobMode.FRESH, Squares.of(6));

        assertThat(run.report.state()).isEqualTo(RunState.COMPLETED);
        assertThat(run.outcomes).hasSize(6);
        assertThat(states()).isEqualTo(Map.of("0", 0, "1", 0, "2", 10, "3", 0, "4", 2, "5", 0));
        assertThat(Rows.of(directory, "SELECT number, state, mode, topology FROM run"))
                .containsExactly("1|COMPLETED|FRESH|squares");
        assertThat(Files.readString(directory.resolve("failures/2.txt")))
                .contains("key:      2", "work:     square", "no square of 2", Squares.class.getName() + ".square");
        assertThat(Files.readString(directory.resolve("job.json")))
                .contains("\"COMPLETED\"", "\"items\" : 6", "\"done\" : 4", "\"failed\" : 1");
    }

    @Test
    void aNewRunTellsWhichDirectoryItHasTaken() throws Exception {
        run(JobMode.FRESH, Squares.of(1));

        JobRun<Long> second = Job.in(directory)
                .mode(JobMode.NEW)
                .on(ParallelExecutor.threads(1))
                .run(Squares.of(1));
        assertThat(second.directory()).isEqualTo(directory);
        second.outcomes().blockLast(PATIENCE);
        second.report().block(PATIENCE);

        assertThat(second.directory()).isEqualTo(parent.resolve("job-2"));
        assertThat(second.directory().resolve("ledger.db")).exists();
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeAnythingIsRun() throws Exception {
        Files.createDirectories(directory);
        Files.createFile(directory.resolve("logs")); // where a directory is to be

        assertThatThrownBy(() -> run(JobMode.FRESH, Squares.of(3)))
                .isInstanceOf(JobException.class)
                .isNotInstanceOf(LedgerException.class)
                .hasMessageContaining("cannot be begun")
                .hasMessageContaining("logs");

        assertThat(Squares.calls()).isEmpty();
    }

    @Test
    void aFreshRunIsRefusedWhereThereIsAJob() {
        run(JobMode.FRESH, Squares.of(3));
        Squares.calls();

        assertThatThrownBy(() -> run(JobMode.FRESH, Squares.of(3)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("'" + directory + "' has a job")
                .hasMessageContaining("state COMPLETED")
                .hasMessageContaining("RESUME")
                .hasMessageContaining("RECOMPUTE")
                .hasMessageContaining("NEW");
        assertThat(Squares.calls()).isEmpty();
    }

    @Test
    void aRefusedRunReportsThatItFailed() {
        run(JobMode.FRESH, Squares.of(3));
        TopologyRun<Long> refused = job(JobMode.FRESH).run(Squares.of(3));

        assertThatThrownBy(() -> refused.execute().block(PATIENCE)).isInstanceOf(JobException.class);

        RunReport report = Objects.requireNonNull(refused.report().block(PATIENCE));
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.error()).containsInstanceOf(JobException.class);
    }

    @Test
    void aDirectoryWithOtherFilesIsFine() throws Exception {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("notes.txt"), "mine");

        assertThat(run(JobMode.FRESH, Squares.of(3)).report.state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void newTakesTheNextFreeDirectory() {
        run(JobMode.NEW, Squares.of(3));
        run(JobMode.NEW, Squares.of(3));
        run(JobMode.NEW, Squares.of(3));

        assertThat(parent).isDirectoryContaining("glob:**/job").isDirectoryContaining("glob:**/job-2");
        assertThat(parent).isDirectoryContaining("glob:**/job-3");
    }

    @Test
    void resumeRunsWhatIsNotDone() throws Exception {
        Squares.FAILING.add(2L);
        run(JobMode.FRESH, Squares.of(6));
        Squares.calls();
        Squares.FAILING.clear();

        Run run = run(JobMode.RESUME, Squares.of(6));

        assertThat(Squares.calls()).containsExactly(2L);
        assertThat(run.skipped("already done")).containsExactlyInAnyOrder("0", "1", "3", "4", "5");
        assertThat(states()).isEqualTo(Map.of("0", 0, "1", 0, "2", 0, "3", 0, "4", 2, "5", 0));
        assertThat(Rows.of(directory, "SELECT attempts, run FROM item WHERE key = '2'"))
                .containsExactly("2|2");
        assertThat(Rows.of(directory, "SELECT attempts, run FROM item WHERE key = '3'"))
                .containsExactly("1|1");
        assertThat(directory.resolve("failures")).isEmptyDirectory();
    }

    @Test
    void resumeGoesOnAfterACancellation() {
        TopologyRun<Long> cut = job(JobMode.FRESH).run(Squares.of(100));
        cut.outcomes().take(10).blockLast(PATIENCE);
        assertThat(Objects.requireNonNull(cut.report().block(PATIENCE)).state()).isEqualTo(RunState.CANCELLED);
        Squares.calls();

        Run run = run(JobMode.RESUME, Squares.of(100));

        assertThat(run.outcomes).hasSize(100);
        assertThat(run.skipped("already done")).hasSizeGreaterThanOrEqualTo(10);
        assertThat(states()).hasSize(100).containsEntry("99", 0);
    }

    @Test
    void recomputeRunsAllAndKeepsWhatTheSourceDoesNotGive() throws Exception {
        run(JobMode.FRESH, Squares.of(6));
        Squares.calls();

        Run run = run(JobMode.RECOMPUTE, Squares.of(3));

        assertThat(Squares.calls()).containsExactly(0L, 1L, 2L);
        assertThat(run.outcomes).hasSize(3);
        assertThat(Rows.of(directory, "SELECT key, run FROM item ORDER BY key"))
                .containsExactly("0|2", "1|2", "2|2", "3|1", "4|1", "5|1");
    }

    @Test
    void retryFailedRunsFailuresOnly() {
        Squares.FAILING.add(2L);
        run(JobMode.FRESH, Squares.of(6));
        Squares.calls();

        Run run = run(JobMode.RETRY_FAILED, Squares.of(6));

        assertThat(Squares.calls()).containsExactly(2L);
        assertThat(run.skipped("not failed before")).hasSize(5);
        assertThat(states()).containsEntry("2", 10).containsEntry("3", 0);
    }

    @Test
    void retryingWhereThereIsNoJobMakesNothing() throws Exception {
        assertThatThrownBy(() -> run(JobMode.RETRY_FAILED, Squares.of(3)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("has no job");
        assertThat(directory).doesNotExist();

        Files.createDirectories(directory);
        assertThatThrownBy(() -> run(JobMode.RETRY_FAILED, Squares.of(3))).isInstanceOf(JobException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void onlyRunsWhatIsAskedForAndNamesWhatNeverCame() throws Exception {
        run(JobMode.FRESH, Squares.of(6));
        Squares.calls();

        Run run = run(JobMode.only(List.of("1", "5", "77")), Squares.of(6));

        assertThat(Squares.calls()).containsExactly(1L, 5L);
        assertThat(run.skipped("not asked for")).hasSize(4);
        assertThat(Rows.of(directory, "SELECT report_json FROM run WHERE number = 2"))
                .first()
                .asString()
                .contains("\"missing\":[\"77\"]");
        assertThat(Files.readString(directory.resolve("job.json"))).contains("\"missing\" : [ \"77\" ]");
    }

    @Test
    void otherParametersAreRefusedUnlessAllowed() {
        run(JobMode.FRESH, Squares.of(6));
        Topology<Long> other = Topology.from(Squares.class, new Squares.Params(6, 1));

        assertThatThrownBy(() -> run(JobMode.RESUME, other))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("parameter offset: 0 -> 1")
                .hasMessageContaining("allowChanges()");
        assertThat(run(JobMode.RESUME, Job::allowChanges, other).report.state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void anotherGraphIsRefusedWithItsDifference() {
        run(JobMode.FRESH, plain("work"));

        assertThatThrownBy(() -> run(JobMode.RESUME, plain("other-work")))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("- ")
                .hasMessageContaining("other-work");
    }

    @Test
    void stateAcrossKeysIsRefusedOnceKeysAreSettled() {
        run(JobMode.FRESH, sum(false));

        assertThatThrownBy(() -> run(JobMode.RESUME, sum(false)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("aggregate 'sum'")
                .hasMessageContaining("keepValues()")
                .hasMessageContaining("RECOMPUTE");
        assertThat(run(JobMode.RECOMPUTE, sum(false)).report.results()).containsEntry("sum", 45L);
    }

    @Test
    void keptValuesComeBackToAnAggregate() {
        Squares.FAILING.add(3L);
        Run first = run(JobMode.FRESH, sum(true));
        assertThat(first.report.results()).containsEntry("sum", 285L - 9);
        Squares.FAILING.clear();
        Squares.calls();

        Run run = run(JobMode.RESUME, sum(true));

        assertThat(Squares.calls()).containsExactly(3L);
        assertThat(run.skipped("already done")).hasSize(9);
        assertThat(run.report.results()).containsEntry("sum", 285L);
        assertThat(states())
                .hasSize(10)
                .allSatisfy((key, state) -> assertThat(state).isZero());
    }

    @Test
    void valuesThatWereNotKeptWhenTheirKeysWereDoneBreakTheRun() {
        run(JobMode.FRESH, sum(false));

        assertThatThrownBy(() -> run(JobMode.RESUME, Job::allowChanges, sum(true)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("no value is kept for key '")
                .hasMessageContaining("RECOMPUTE");
    }

    @Test
    void whatTheTopologyLeavesOutHasNoValueToKeep() {
        Topology<Long> odd = Topology.named("odd")
                .types(Long.class)
                .source("numbers", Series.range(0, 10, 1))
                .filter("odd", cpu(n -> n % 2 == 1))
                .keepValues()
                .aggregate(Aggregate.of("sum", () -> new long[1], JobModesTest::add, JobModesTest::both, a -> a[0]))
                .build();
        run(JobMode.FRESH, odd);

        assertThat(run(JobMode.RESUME, odd).report.results()).containsEntry("sum", 25L);
    }

    @Test
    void aKeyOfASuppliedInputMayComeAgainAfterItsEnd() {
        Topology<Long> topology = Topology.named("input")
                .input("numbers", Long.class, n -> Long.toString(n % 2))
                .map("double", cpu(n -> 2 * n))
                .build();
        Sinks.Many<Long> numbers = Sinks.many().unicast().onBackpressureBuffer();
        Flux<Outcome<Long>> outcomes =
                numbers.asFlux().transform(job(JobMode.FRESH).through(topology));

        StepVerifier.create(outcomes)
                .then(() -> numbers.tryEmitNext(1L))
                .expectNext(new Outcome.Done<>("1", 0, 2L))
                .then(() -> numbers.tryEmitNext(3L))
                .expectNext(new Outcome.Done<>("1", 1, 6L))
                .then(numbers::tryEmitComplete)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(Rows.of(directory, "SELECT key, idx, attempts FROM item")).containsExactly("1|1|2");
    }

    private static Topology<Long> plain(String work) {
        return Topology.named("plain")
                .source("numbers", Series.range(0, 3, 1))
                .map(work, cpu(n -> n))
                .build();
    }

    private static Topology<Long> sum(boolean keeping) {
        var squares = Topology.named("sum")
                .types(Long.class)
                .source("numbers", Series.range(0, 10, 1))
                .map("square", cpu(n -> keeping ? Squares.square(n) : n));
        return (keeping ? squares.keepValues() : squares)
                .aggregate(Aggregate.of("sum", () -> new long[1], JobModesTest::add, JobModesTest::both, a -> a[0]))
                .build();
    }

    private static long[] add(long[] sum, long n) {
        sum[0] += n;
        return sum;
    }

    private static long[] both(long[] left, long[] right) {
        return add(left, right[0]);
    }

    private org.reactortopology.TopologyExecutor job(JobMode mode) {
        return Job.in(directory).mode(mode).on(ParallelExecutor.threads(2));
    }

    private Run run(JobMode mode, Topology<Long> topology) {
        return run(mode, job -> job, topology);
    }

    private Run run(JobMode mode, java.util.function.UnaryOperator<Job> set, Topology<Long> topology) {
        TopologyRun<Long> run = set.apply(Job.in(directory).mode(mode))
                .on(ParallelExecutor.threads(2))
                .run(topology);
        List<Outcome<Long>> outcomes =
                Objects.requireNonNull(run.outcomes().collectList().block(PATIENCE));
        return new Run(outcomes, Objects.requireNonNull(run.report().block(PATIENCE)));
    }

    private Map<String, Integer> states() {
        Map<String, Integer> states = new TreeMap<>();
        Rows.of(directory, "SELECT key, state FROM item").forEach(row -> {
            String[] parts = row.split("\\|");
            states.put(parts[0], Integer.parseInt(parts[1]));
        });
        return states;
    }

    private record Run(List<Outcome<Long>> outcomes, RunReport report) {
        List<String> skipped(String reason) {
            return outcomes.stream()
                    .filter(outcome -> outcome instanceof Outcome.Skipped<?> skipped
                            && skipped.reason().equals(reason))
                    .map(Outcome::key)
                    .toList();
        }
    }
}
