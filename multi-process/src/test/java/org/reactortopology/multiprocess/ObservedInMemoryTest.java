package org.reactortopology.multiprocess;

import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.ObservedContract;

class ObservedInMemoryTest extends ObservedContract {

    @Override
    protected TopologyExecutor executor() {
        return InMemory.executor();
    }
}
