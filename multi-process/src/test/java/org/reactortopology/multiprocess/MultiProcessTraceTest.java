package org.reactortopology.multiprocess;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.LeakCheck;

/** Over real child JVMs, which one run after the other takes from a pool. */
class MultiProcessTraceTest extends TraceContract {

    private static WorkerPool pool;

    @BeforeAll
    static void open() {
        pool = WorkerPool.builder()
                .workers(2)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .build();
    }

    @AfterAll
    static void nothingIsLeftOfThePool() {
        pool.close();
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("worker-pool-");
    }

    @Override
    protected TopologyExecutor executor() {
        return MultiProcessExecutor.builder().pool(pool).build();
    }
}
