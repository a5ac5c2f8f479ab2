package org.reactortopology.multiprocess;

import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.TopologyExecutorContract;

/** The whole protocol, with the in-memory twin of processes and sockets. */
class InMemoryExecutorContractTest extends TopologyExecutorContract {

    @Override
    protected TopologyExecutor executor() {
        return InMemory.executor();
    }

    @Override
    protected long mostTaken(long outcomes) {
        return outcomes + InMemory.OUTCOME_BUFFER + InMemory.WORKERS * InMemory.ITEM_BUFFER;
    }
}
