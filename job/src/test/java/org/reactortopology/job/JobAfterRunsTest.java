package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.SequentialExecutor;

/** What is read of ledgers that runs have written. */
@Timeout(60)
class JobAfterRunsTest {

    @TempDir
    Path parent;

    private Job job;

    @BeforeEach
    void runWithAFailure() {
        Squares.calls();
        Squares.FAILING.clear();
        Squares.FAILING.add(2L);
        job = Job.in(parent.resolve("job"));
        run(job);
    }

    private static void run(Job job) {
        job.on(SequentialExecutor.create()).run(Squares.of(6)).outcomes().blockLast(Duration.ofSeconds(30));
    }

    @Test
    void theStatusIsThatOfTheRun() {
        JobStatus status = job.status();

        assertThat(status.state()).isEqualTo(JobStatus.State.COMPLETED);
        assertThat(status.items()).isEqualTo(Map.of(ItemState.DONE, 4L, ItemState.SKIPPED, 1L, ItemState.FAILED, 1L));
        assertThat(status.total()).isEqualTo(OptionalLong.of(6));
    }

    @Test
    void aJobAroundAJobIsRefused() {
        Job other = Job.in(parent.resolve("other"));

        assertThatThrownBy(() -> other.on(job.on(SequentialExecutor.create())).run(Squares.of(6)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("topology 'squares' is observed already")
                .hasMessageContaining("one job around the executor");
    }

    @Test
    void aFailureNamesItsFile() {
        JobFailure failure = job.failures().get(0);

        assertThat(failure.key()).isEqualTo("2");
        assertThat(failure.work()).isEqualTo("square");
        assertThat(failure.type()).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(failure.file()).contains(job.directory().resolve("failures/2.txt"));
        assertThat(job.explain("2").why())
                .startsWith("failed in work 'square' (")
                .contains("no square of 2")
                .contains("after 1 attempt in run 1")
                .endsWith("has the stack trace");
        assertThat(job.explain("1").works().keySet()).containsExactly("not-four", "square");
    }

    @Test
    void aPlanIsWhatTheRunThenDoes() {
        Job resume = job.mode(JobMode.RESUME);
        JobPlan plan = resume.plan();
        Squares.calls();

        run(resume);

        assertThat(plan.firstToRun()).containsExactly("2");
        assertThat(plan.firstToSkip()).containsExactly("0", "1", "3", "4", "5");
        assertThat(plan.problem()).isEmpty();
        assertThat(Squares.calls()).containsExactly(2L);
        assertThat(job.status().run()).isEqualTo(2);
    }

    @Test
    void theReportTellsOfBothRuns() throws Exception {
        Squares.FAILING.clear();
        run(job.mode(JobMode.RESUME));

        assertThat(Files.readString(job.report()))
                .contains("Complete. 6 of 6 keys are settled, none failed.")
                .contains("not-four")
                .doesNotContain("To go on with it");
    }
}
