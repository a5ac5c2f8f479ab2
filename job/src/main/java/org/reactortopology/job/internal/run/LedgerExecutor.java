package org.reactortopology.job.internal.run;

import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.job.JobExecutor;
import org.reactortopology.job.JobRun;

/** Runs topologies as another executor does, each run in a job directory. */
public final class LedgerExecutor implements JobExecutor {

    private final JobSettings settings;
    private final TopologyExecutor executor;

    /** Runs by that executor. */
    public LedgerExecutor(JobSettings settings, TopologyExecutor executor) {
        this.settings = settings;
        this.executor = executor;
    }

    @Override
    public <O> JobRun<O> run(Topology<O> topology) {
        JobObserver observer = new JobObserver(topology.plan());
        TopologyRun<O> run = executor.run(topology.observed(observer));
        return new LedgerRun<>(settings, topology, name(), observer, run);
    }

    /** What the executor calls itself, if it does, and otherwise the name of its class. */
    private String name() {
        String ofObject = executor.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(executor));
        String told = executor.toString();
        return told.equals(ofObject) ? executor.getClass().getSimpleName() : told;
    }
}
