package org.reactortopology.test;

import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;

class SequentialExecutorContractTest extends TopologyExecutorContract {

    @Override
    protected TopologyExecutor executor() {
        return SequentialExecutor.create();
    }

    /** One item in work, one fetched ahead at the source and at each of the two hand-overs behind the async work. */
    @Override
    protected long mostTaken(long outcomes) {
        return outcomes + 5;
    }
}
