package org.reactortopology.test;

import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;

class ParallelGraphTest extends GraphContract {

    @Override
    protected TopologyExecutor executor() {
        return ParallelExecutor.threads(2);
    }
}
