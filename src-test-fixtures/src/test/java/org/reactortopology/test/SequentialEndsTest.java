package org.reactortopology.test;

import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;

class SequentialEndsTest extends EndsContract {

    @Override
    protected TopologyExecutor executor() {
        return SequentialExecutor.create();
    }
}
