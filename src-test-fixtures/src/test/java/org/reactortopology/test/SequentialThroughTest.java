package org.reactortopology.test;

import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;

class SequentialThroughTest extends ThroughContract {

    @Override
    protected TopologyExecutor executor() {
        return SequentialExecutor.create();
    }
}
