package org.reactortopology.test;

import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;

class ParallelThroughTest extends ThroughContract {

    @Override
    protected TopologyExecutor executor() {
        return ParallelExecutor.threads(2);
    }
}
