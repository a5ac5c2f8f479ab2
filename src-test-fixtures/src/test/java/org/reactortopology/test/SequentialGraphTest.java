package org.reactortopology.test;

import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;

class SequentialGraphTest extends GraphContract {

    @Override
    protected TopologyExecutor executor() {
        return SequentialExecutor.create();
    }
}
