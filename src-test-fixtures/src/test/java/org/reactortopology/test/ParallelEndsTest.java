package org.reactortopology.test;

import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;

class ParallelEndsTest extends EndsContract {

    @Override
    protected TopologyExecutor executor() {
        return ParallelExecutor.threads(2);
    }
}
