package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;

/** A recomputation that does not come to its end: nothing older than it counts any more. */
@Timeout(60)
class JobRecomputeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path parent;

    private Path directory;
    private int recomputed;

    @BeforeEach
    void aRecomputationIsCutShort() {
        directory = parent.resolve("job");
        Squares.calls();
        Squares.FAILING.clear();
        Squares.FAILING.add(98L);
        job(JobMode.FRESH).run(Squares.of(100)).execute().block(PATIENCE);
        Squares.FAILING.clear();
        TopologyRun<Long> cut = job(JobMode.RECOMPUTE).run(other());
        cut.outcomes().take(10).blockLast(PATIENCE);
        RunReport report = Objects.requireNonNull(cut.report().block(PATIENCE));
        assertThat(report.error()).isEmpty();
        recomputed = Rows.of(directory, "SELECT key FROM item WHERE run = 2").size();
        assertThat(recomputed).isBetween(10, 97);
        Squares.calls();
    }

    @Test
    void aResumeRunsAllThatItHasNotComeTo() {
        List<Outcome<Long>> outcomes = Objects.requireNonNull(
                job(JobMode.RESUME).run(other()).outcomes().collectList().block(PATIENCE));

        assertThat(outcomes.stream().filter(Outcome.Skipped.class::isInstance))
                .as("those of the recomputation; a filter leaves out another one")
                .hasSize(recomputed);
        assertThat(Squares.calls()).hasSize(100 - recomputed);
        assertThat(Rows.of(directory, "SELECT count(*) FROM item WHERE run = 1"))
                .containsExactly("0");
    }

    @Test
    void theResumeOfTheResumeDoesNotRunItAgain() {
        job(JobMode.RESUME).run(other()).execute().block(PATIENCE);
        Squares.calls();

        job(JobMode.RESUME).run(other()).execute().block(PATIENCE);

        assertThat(Squares.calls()).isEmpty();
    }

    @Test
    void retryingDoesNotReachBackBeyondIt() {
        job(JobMode.RETRY_FAILED).run(other()).execute().block(PATIENCE);

        assertThat(Squares.calls()).as("98 failed in the run before").isEmpty();
    }

    @Test
    void whatIsToldCountsItsRowsOnly() {
        Job job = Job.in(directory).mode(JobMode.RESUME);

        assertThat(job.status().settled()).isEqualTo(recomputed);
        assertThat(job.status().failures()).isZero();
        assertThat(job.failures()).isEmpty();
        JobPlan plan = job.plan(other());
        assertThat(plan.run()).isEqualTo(OptionalLong.of(100 - recomputed));
        assertThat(plan.skip()).isEqualTo(OptionalLong.of(recomputed));
        Explanation old = job.explain("97");
        assertThat(old.why()).contains("done in run 1", "run 2 began all again", "a resume runs it again");
        assertThat(old.runs()).isTrue();
        assertThat(job.explain("0").runs()).isFalse();
    }

    private static Topology<Long> other() {
        return Topology.from(Squares.class, new Squares.Params(100, 1000));
    }

    private org.reactortopology.TopologyExecutor job(JobMode mode) {
        return Job.in(directory).mode(mode).on(SequentialExecutor.create());
    }
}
