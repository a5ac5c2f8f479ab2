package org.reactortopology.multiprocess;

import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.GraphContract;

class InMemoryGraphTest extends GraphContract {

    @Override
    protected TopologyExecutor executor() {
        return InMemory.executor();
    }

    @Override
    protected long inFlight() {
        return InMemory.OUTCOME_BUFFER + InMemory.WORKERS * InMemory.ITEM_BUFFER + 128;
    }
}
