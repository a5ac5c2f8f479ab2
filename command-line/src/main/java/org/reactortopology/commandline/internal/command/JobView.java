package org.reactortopology.commandline.internal.command;

import java.nio.file.Path;
import java.util.List;
import org.reactortopology.Topology;
import org.reactortopology.job.Explanation;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobFailure;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.JobPlan;
import org.reactortopology.job.JobStatus;

/** What the commands that only read ask of a job. Each call blocks for the time it takes to read. */
public interface JobView {

    /** See {@link Job#status}. */
    JobStatus status();

    /** See {@link Job#explain}. */
    Explanation explain(String key);

    /** See {@link Job#failures}. */
    List<JobFailure> failures();

    /** See {@link Job#plan()}. */
    JobPlan plan(JobMode mode, boolean changesAllowed);

    /** See {@link Job#report}. */
    Path report();

    /** See {@link Job#topology}. */
    Topology<?> topology();

    /** The job of that directory. */
    static JobView in(Path directory) {
        Job job = Job.in(directory);
        return new JobView() {
            @Override
            public JobStatus status() {
                return job.status();
            }

            @Override
            public Explanation explain(String key) {
                return job.explain(key);
            }

            @Override
            public List<JobFailure> failures() {
                return job.failures();
            }

            @Override
            public JobPlan plan(JobMode mode, boolean changesAllowed) {
                Job asked = job.mode(mode);
                return (changesAllowed ? asked.allowChanges() : asked).plan();
            }

            @Override
            public Path report() {
                return job.report();
            }

            @Override
            public Topology<?> topology() {
                return job.topology();
            }
        };
    }
}
