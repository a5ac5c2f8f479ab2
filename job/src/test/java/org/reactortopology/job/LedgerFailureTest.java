package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.job.internal.run.JobSettings;
import org.reactortopology.job.internal.run.LedgerExecutor;
import org.reactortopology.test.LeakCheck;

@Timeout(60)
class LedgerFailureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void nothingIsLeft() {
        gate.countDown();
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void everyOutcomeIsOnTheDiskWhenItIsEmitted() {
        TopologyRun<Long> run = run(1000);
        List<String> missing = new ArrayList<>();

        run.outcomes()
                .doOnNext(outcome -> {
                    if (Rows.of(directory, "SELECT key FROM item WHERE key = '" + outcome.key() + "'")
                            .isEmpty()) {
                        missing.add(outcome.key());
                    }
                })
                .blockLast(PATIENCE);

        assertThat(missing).isEmpty();
    }

    @Test
    void aFullDiskEndsTheRunAndSaysWhatIsNotRecorded() {
        TopologyRun<Long> run = inPages(60, JobMode.FRESH).run(numbers(20_000, n -> {}));
        Set<String> emitted = new HashSet<>();

        LedgerException failure = catchThrowableOfType(
                LedgerException.class,
                () -> run.outcomes().map(Outcome::key).doOnNext(emitted::add).blockLast(PATIENCE));

        assertThat(failure)
                .hasMessageContaining("'" + directory.resolve("ledger.db") + "'")
                .hasMessageContaining("SQLITE_FULL")
                .hasMessageContaining("make room")
                .hasMessageContaining("not recorded");
        assertThat(failure.unrecorded()).isNotEmpty().doesNotContainAnyElementsOf(emitted);
        assertThat(failure.unrecorded()).doesNotHaveDuplicates();
        assertThat(failure.unrecorded().size()).isLessThanOrEqualTo(Job.BUFFER);
        assertFailed(run);
        assertThat(Rows.of(directory, "SELECT key FROM item")).containsExactlyInAnyOrderElementsOf(emitted);
        assertThat(Rows.of(directory, "SELECT state FROM run")).doesNotContain("COMPLETED");
        assertThat(Job.in(directory).status().state()).isEqualTo(JobStatus.State.FAILED);
    }

    /** Children are in no list of keys that are asked for. */
    @Test
    void childrenThatAreNotRecordedAreNamedAsWell() {
        Topology<Long> topology = Topology.named("children")
                .source("numbers", Series.range(0, 5000, 1))
                .flatMap("split", cpu(n -> List.of(n, -n)))
                .build();
        List<String> asked = LongStream.range(0, 5000).mapToObj(Long::toString).toList();
        TopologyRun<Long> run = inPages(60, JobMode.only(asked)).run(topology);
        Set<String> emitted = new HashSet<>();
        Set<String> took = new HashSet<>();

        LedgerException failure = catchThrowableOfType(
                LedgerException.class,
                () -> run.outcomes().map(Outcome::key).doOnNext(emitted::add).blockLast(PATIENCE));

        failure.unrecorded().stream().filter(key -> key.contains("/")).forEach(took::add);
        assertThat(took).isNotEmpty().doesNotContainAnyElementsOf(emitted);
        assertFailed(run);
    }

    @Test
    void anErrorOnTheThreadOfTheLedgerEndsTheRunAndFreesTheDirectory() {
        TopologyRun<Long> run = Job.in(directory)
                .on(ParallelExecutor.threads(1))
                .run(numbers(3, n -> {
                    throw new HostileException(new OutOfMemoryError("asked for"));
                }));

        assertThatThrownBy(() -> run.outcomes().blockLast(PATIENCE))
                .isInstanceOf(LedgerException.class)
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
        assertFailed(run);
    }

    @Test
    void aFailureWhoseTextFailsIsAFailureOfItsKeyOnly() {
        TopologyRun<Long> run = Job.in(directory)
                .on(ParallelExecutor.threads(1))
                .run(numbers(3, n -> {
                    if (n == 1) {
                        throw new HostileException(new IllegalStateException("no text"));
                    }
                    if (n == 2) {
                        throw new HostileException(new StackOverflowError("no text"));
                    }
                }));

        assertThat(run.outcomes().collectList().block(PATIENCE)).hasSize(3);
        assertThat(Objects.requireNonNull(run.report().block(PATIENCE)).state()).isEqualTo(RunState.COMPLETED);
        assertThat(Job.in(directory).failures())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure.message()).contains(HostileException.class.getName()));
        assertThat(directory.resolve("failures/1.txt"))
                .content()
                .contains(HostileException.class.getName(), "java.lang.IllegalStateException");
    }

    /** Nothing can be learned of it. */
    static final class HostileException extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient Throwable thrown;

        HostileException(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public String getMessage() {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }

        @Override
        public String toString() {
            return getMessage();
        }

        @Override
        public void printStackTrace(PrintWriter to) {
            to.println(getMessage());
        }
    }

    @Test
    void aFileThatIsRemovedMeanwhileIsNoticed() throws Exception {
        TopologyRun<Long> run = waiting();
        List<Outcome<Long>> emitted = new ArrayList<>();
        var end = run.outcomes().doOnNext(emitted::add).then().toFuture();
        Awaitility.await().until(() -> !emitted.isEmpty());
        Files.delete(directory.resolve("ledger.db"));
        gate.countDown();

        assertThatThrownBy(() -> end.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(LedgerException.class)
                .hasMessageContaining("ledger.db' is gone");
        assertFailed(run);
    }

    @Test
    void aFileThatIsReplacedMeanwhileIsNoticed() throws Exception {
        TopologyRun<Long> run = waiting();
        List<Outcome<Long>> emitted = new ArrayList<>();
        var end = run.outcomes().doOnNext(emitted::add).then().toFuture();
        Awaitility.await().until(() -> !emitted.isEmpty());
        Path ledger = directory.resolve("ledger.db");
        Path copy = directory.resolve("copy.db");
        Files.copy(ledger, copy);
        Files.move(copy, ledger, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        gate.countDown();

        assertThatThrownBy(() -> end.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(LedgerException.class)
                .hasMessageContaining("replaced");
        assertFailed(run);
    }

    @Test
    void aDirectoryThatIsAFileIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        TopologyRun<Long> run = Job.in(file).on(ParallelExecutor.threads(2)).run(numbers(3, n -> {}));

        assertThatThrownBy(() -> run.outcomes().blockLast(PATIENCE))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("'" + file + "' cannot be used");
        assertFailed(run);
    }

    @Test
    void aLedgerThatIsNoDatabaseIsRefused() throws IOException {
        Files.writeString(
                directory.resolve("ledger.db"), "not at all a database, but long enough to be looked at".repeat(99));
        TopologyRun<Long> run = run(3);

        assertThatThrownBy(() -> run.outcomes().blockLast(PATIENCE))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("SQLITE_NOTADB");
        assertFailed(run);
    }

    /** Where this user may write what is read-only, as an administrator may, there is nothing to see. */
    @Test
    void aLedgerThatIsReadOnlyIsRefused() {
        run(3).execute().block(PATIENCE);
        assertThat(directory.resolve("ledger.db").toFile().setReadOnly()).isTrue();
        assumeFalse(Files.isWritable(directory.resolve("ledger.db")));
        TopologyRun<Long> run = Job.in(directory)
                .mode(JobMode.RECOMPUTE)
                .on(ParallelExecutor.threads(2))
                .run(numbers(3, n -> {}));

        assertThatThrownBy(() -> run.outcomes().blockLast(PATIENCE))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("SQLITE_READONLY");
        assertFailed(run);
    }

    @Test
    void aValueThatCannotBeEncodedFailsTheRunAndNamesTheFix() {
        Topology<Object> topology = Topology.named("numbers")
                .source("numbers", Series.range(0, 3, 1))
                .map("work", cpu(n -> (Object) new Unregistered()))
                .keepValues()
                .build();
        TopologyRun<Object> run =
                Job.in(directory).on(ParallelExecutor.threads(2)).run(topology);

        assertThatThrownBy(() -> run.outcomes().blockLast(PATIENCE))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(Unregistered.class.getName())
                .hasMessageContaining("types(");
        assertFailed(run);
        assertThat(Rows.of(directory, "SELECT key FROM item")).isEmpty();
    }

    /** No class that the topology names. */
    static final class Unregistered {}

    @Test
    void aJobWithoutItsLedgerIsRefused() throws IOException {
        run(3).execute().block(PATIENCE);
        Files.delete(directory.resolve("ledger.db"));

        assertThatThrownBy(() -> run(3).outcomes().blockLast(PATIENCE))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("ledger.db' is gone");
    }

    private void assertFailed(TopologyRun<?> run) {
        RunReport report = Objects.requireNonNull(run.report().block(PATIENCE));
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.error()).containsInstanceOf(JobException.class);
        assertThat(Files.exists(directory.resolve("lock"))).isFalse();
    }

    /** Runs jobs whose ledger is full at so many pages. */
    private LedgerExecutor inPages(int pages, JobMode mode) {
        return new LedgerExecutor(
                new JobSettings(directory, mode, Job.BUFFER, false, pages), ParallelExecutor.threads(2));
    }

    private TopologyRun<Long> run(long items) {
        return Job.in(directory).on(ParallelExecutor.threads(2)).run(numbers(items, n -> {}));
    }

    /** A run of which all but the first item wait for the gate. */
    private TopologyRun<Long> waiting() {
        return Job.in(directory).on(ParallelExecutor.threads(1)).run(numbers(10, n -> {
            if (n > 0) {
                gate.await();
            }
        }));
    }

    private interface Effect {
        void of(long n) throws Exception;
    }

    private static Topology<Long> numbers(long items, Effect effect) {
        return Topology.named("numbers")
                .source("numbers", Series.range(0, items, 1))
                .map("work", cpu((Long n) -> {
                    effect.of(n);
                    return n;
                }))
                .build();
    }
}
