package org.reactortopology;

import org.reactortopology.internal.run.InJvm;
import org.reactortopology.spi.SliceEngine;

/**
 * Runs a topology on one thread of its own, one item after the other in the order of the source: for debugging and as the measure for the
 * other executors. A partitioning is without effect.
 */
public final class SequentialExecutor implements TopologyExecutor {

    private SequentialExecutor() {}

    /** An executor; holds nothing. */
    public static SequentialExecutor create() {
        return new SequentialExecutor();
    }

    @Override
    public <O> TopologyRun<O> run(Topology<O> topology) {
        return InJvm.run(topology, SliceEngine::sequential);
    }
}
