package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.TopologyRun;

class JobModesTest extends JobOfSquares {

    @Test
    void aFreshRunRecordsEveryOutcome() throws Exception {
        Squares.FAILING.add(2L);

        Run run = run(JobMode.FRESH, Squares.of(6));

        assertThat(run.report().state()).isEqualTo(RunState.COMPLETED);
        assertThat(run.outcomes()).hasSize(6);
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

        assertThat(run(JobMode.FRESH, Squares.of(3)).report().state()).isEqualTo(RunState.COMPLETED);
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

        assertThat(run.outcomes()).hasSize(100);
        assertThat(run.skipped("already done")).hasSizeGreaterThanOrEqualTo(10);
        assertThat(states()).hasSize(100).containsEntry("99", 0);
    }

    @Test
    void recomputeRunsAllAndKeepsWhatTheSourceDoesNotGive() throws Exception {
        run(JobMode.FRESH, Squares.of(6));
        Squares.calls();

        Run run = run(JobMode.RECOMPUTE, Squares.of(3));

        assertThat(Squares.calls()).containsExactly(0L, 1L, 2L);
        assertThat(run.outcomes()).hasSize(3);
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
}
