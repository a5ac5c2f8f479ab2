package org.reactortopology.job;

import java.nio.file.Path;
import java.util.UUID;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;

/** Runs each topology as a job in a directory of its own. */
final class FreshJobs implements TopologyExecutor {

    private final Path parent;
    private final TopologyExecutor executor;

    FreshJobs(Path parent, TopologyExecutor executor) {
        this.parent = parent;
        this.executor = executor;
    }

    @Override
    public <O> TopologyRun<O> run(Topology<O> topology) {
        return Job.in(parent.resolve("job-" + UUID.randomUUID())).on(executor).run(topology);
    }
}
