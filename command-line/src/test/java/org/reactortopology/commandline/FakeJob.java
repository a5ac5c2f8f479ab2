package org.reactortopology.commandline;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.reactortopology.Topology;
import org.reactortopology.commandline.internal.command.JobView;
import org.reactortopology.job.Explanation;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.JobException;
import org.reactortopology.job.JobFailure;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.JobPlan;
import org.reactortopology.job.JobStatus;

/** A job of which everything is known beforehand. */
final class FakeJob implements JobView {

    private final Deque<JobStatus> statuses;
    private final List<JobFailure> failures;
    private Function<JobMode, JobPlan> plan = mode -> {
        throw new JobException("no plan");
    };
    private Function<String, Explanation> explanation = key -> {
        throw new JobException("no explanation");
    };

    private FakeJob(List<JobStatus> statuses, List<JobFailure> failures) {
        this.statuses = new ArrayDeque<>(statuses);
        this.failures = failures;
    }

    /** Gives one status after the other, and the last again and again. */
    static FakeJob of(JobStatus... statuses) {
        return new FakeJob(List.of(statuses), List.of());
    }

    static FakeJob failed(List<JobFailure> failures) {
        return new FakeJob(List.of(), failures);
    }

    /** A failure whose key would steer a terminal. */
    static JobFailure failure(int index) {
        return new JobFailure(
                "pair-" + index + "+pair\u001b[2J",
                index,
                index == 1 ? ItemState.TIMED_OUT : ItemState.FAILED,
                "correlate",
                "java.lang.IllegalArgumentException",
                "work 'correlate' failed for key 'pair-" + index
                        + "': windows do not fit into the image, which is 12 x 12 px",
                2,
                1,
                Instant.EPOCH,
                Optional.of(Path.of("job", "failures", "pair-" + index + ".txt")));
    }

    FakeJob planned(Function<JobMode, JobPlan> made) {
        plan = made;
        return this;
    }

    FakeJob explained(Function<String, Explanation> made) {
        explanation = made;
        return this;
    }

    @Override
    public JobStatus status() {
        if (statuses.isEmpty()) {
            throw new JobException("'gone' has no job: give the directory of one");
        }
        return statuses.size() == 1 ? statuses.getFirst() : statuses.removeFirst();
    }

    @Override
    public Explanation explain(String key) {
        return explanation.apply(key);
    }

    @Override
    public List<JobFailure> failures() {
        return failures;
    }

    @Override
    public JobPlan plan(JobMode mode, boolean changesAllowed) {
        return plan.apply(mode);
    }

    @Override
    public Path report() {
        return Path.of("job", "report.html");
    }

    @Override
    public Topology<?> topology() {
        throw new JobException("no topology");
    }
}
