package org.reactortopology.multiprocess;

import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.RandomGraphContract;

/** Random graphs over one to three workers, with buffers of any size. */
class InMemoryRandomGraphTest extends RandomGraphContract {

    @Override
    protected TopologyExecutor executor(long random) {
        int workers = 1 + (int) Math.floorMod(random, 3L);
        int buffer = 1 << Math.floorMod(random >> 2, 8L);
        return InMemory.executor(workers, buffer, buffer);
    }

    @Override
    protected int graphs() {
        return 100;
    }
}
