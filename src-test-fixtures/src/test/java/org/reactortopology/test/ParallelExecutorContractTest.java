package org.reactortopology.test;

import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;

class ParallelExecutorContractTest extends TopologyExecutorContract {

    @Override
    protected TopologyExecutor executor() {
        return ParallelExecutor.threads(2);
    }

    /** Concurrency of the cpu, io and async hops, and the queue. */
    @Override
    protected long mostTaken(long outcomes) {
        return outcomes + 2 + 4 + 16 + 4;
    }
}
