package org.reactortopology.test;

import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;

class ParallelSavingTest extends SavingContract {

    @Override
    protected TopologyExecutor executor() {
        return ParallelExecutor.threads(2);
    }
}
