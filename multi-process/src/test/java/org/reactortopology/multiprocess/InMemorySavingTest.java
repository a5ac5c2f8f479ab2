package org.reactortopology.multiprocess;

import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.SavingContract;

class InMemorySavingTest extends SavingContract {

    @Override
    protected TopologyExecutor executor() {
        return InMemory.executor();
    }
}
