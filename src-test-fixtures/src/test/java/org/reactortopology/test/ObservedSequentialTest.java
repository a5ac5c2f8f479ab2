package org.reactortopology.test;

import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;

class ObservedSequentialTest extends ObservedContract {

    @Override
    protected TopologyExecutor executor() {
        return SequentialExecutor.create();
    }
}
