package org.reactortopology.test;

import org.reactortopology.ParallelExecutor;
import org.reactortopology.TopologyExecutor;

class RandomGraphTest extends RandomGraphContract {

    @Override
    protected TopologyExecutor executor(long random) {
        return ParallelExecutor.threads(1 << Math.floorMod(random, 3));
    }
}
