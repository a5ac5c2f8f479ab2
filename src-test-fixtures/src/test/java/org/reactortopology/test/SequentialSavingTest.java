package org.reactortopology.test;

import org.reactortopology.SequentialExecutor;
import org.reactortopology.TopologyExecutor;

class SequentialSavingTest extends SavingContract {

    @Override
    protected TopologyExecutor executor() {
        return SequentialExecutor.create();
    }
}
