package org.reactortopology.test;

import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;

class SequentialExecutorContractTest extends TopologyExecutorContract {

    @Override
    protected TopologyExecutor executor() {
        return SequentialExecutor.create();
    }

    /** One item in work, one fetched ahead at the hand-over to the thread and one behind it. */
    @Override
    protected long mostTaken(long outcomes) {
        return outcomes + 3;
    }
}
