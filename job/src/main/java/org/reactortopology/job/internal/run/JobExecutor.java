package org.reactortopology.job.internal.run;

import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;

/** Runs topologies as another executor does, each run in a job directory. */
public final class JobExecutor implements TopologyExecutor {

    private final JobSettings settings;
    private final TopologyExecutor executor;

    /** Runs by that executor. */
    public JobExecutor(JobSettings settings, TopologyExecutor executor) {
        this.settings = settings;
        this.executor = executor;
    }

    @Override
    public <O> TopologyRun<O> run(Topology<O> topology) {
        JobObserver observer = new JobObserver(topology.plan());
        TopologyRun<O> run = executor.run(topology.observed(observer));
        return new JobRun<>(settings, topology, executor.getClass().getSimpleName(), observer, run);
    }
}
