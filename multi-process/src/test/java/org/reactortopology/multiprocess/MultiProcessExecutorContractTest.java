package org.reactortopology.multiprocess;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.LeakCheck;
import org.reactortopology.test.TopologyExecutorContract;

/** The contract over real child JVMs, which one run after the other takes from a pool. */
class MultiProcessExecutorContractTest extends TopologyExecutorContract {

    private static final int WORKERS = 2;
    private static final int ITEM_BUFFER = 64;
    private static final int OUTCOME_BUFFER = 30;

    private static WorkerPool pool;

    @BeforeAll
    static void open() {
        pool = WorkerPool.builder()
                .workers(WORKERS)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .jvmOption(ShortLived.JVM_OPTION)
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
        return MultiProcessExecutor.builder()
                .pool(pool)
                .itemBuffer(ITEM_BUFFER, 1024 * 1024)
                .outcomeBuffer(OUTCOME_BUFFER, 1024 * 1024)
                .build();
    }

    @Override
    protected long mostTaken(long outcomes) {
        return outcomes + OUTCOME_BUFFER + WORKERS * ITEM_BUFFER;
    }
}
