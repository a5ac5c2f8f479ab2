package org.reactortopology.test;

import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;

class SequentialDeadlineTest extends DeadlineContract {

    @Override
    protected TopologyExecutor executor() {
        return SequentialExecutor.create();
    }
}
