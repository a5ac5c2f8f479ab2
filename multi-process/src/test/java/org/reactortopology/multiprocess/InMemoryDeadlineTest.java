package org.reactortopology.multiprocess;

import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.DeadlineContract;

class InMemoryDeadlineTest extends DeadlineContract {

    @Override
    protected TopologyExecutor executor() {
        return InMemory.executor();
    }
}
