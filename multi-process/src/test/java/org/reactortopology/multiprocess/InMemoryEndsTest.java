package org.reactortopology.multiprocess;

import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.EndsContract;

class InMemoryEndsTest extends EndsContract {

    @Override
    protected TopologyExecutor executor() {
        return InMemory.executor();
    }
}
