package org.reactortopology.job;

import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;

/** Runs topologies in a job directory; see {@link Job#on}. */
public interface JobExecutor extends TopologyExecutor {

    /** As any executor does; the run also tells which directory it has taken. */
    @Override
    <O> JobRun<O> run(Topology<O> topology);
}
