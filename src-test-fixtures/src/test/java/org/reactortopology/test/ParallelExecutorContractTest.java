package org.reactortopology.test;

import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;

class ParallelExecutorContractTest extends TopologyExecutorContract {

    @Override
    protected TopologyExecutor executor() {
        return ParallelExecutor.threads(2);
    }

    /** What the cpu hop holds with its buffer of 32, the io hop with its queue of 4, and the async hop. */
    @Override
    protected long mostTaken(long outcomes) {
        return outcomes + (32 + 2 * 2) + (4 + 2 * 4) + 16;
    }
}
