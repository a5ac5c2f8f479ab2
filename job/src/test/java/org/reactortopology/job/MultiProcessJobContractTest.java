package org.reactortopology.job;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.multiprocess.WorkerPool;
import org.reactortopology.test.LeakCheck;
import org.reactortopology.test.TopologyExecutorContract;

/** The contract over real child JVMs, which one job after the other takes from a pool. */
class MultiProcessJobContractTest extends TopologyExecutorContract {

    private static final int WORKERS = 2;
    private static final int ITEM_BUFFER = 64;
    private static final int OUTCOME_BUFFER = 30;

    private static WorkerPool pool;

    @TempDir
    Path jobs;

    @BeforeAll
    static void open() {
        pool = WorkerPool.builder()
                .workers(WORKERS)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .jvmOption("-XX:TieredStopAtLevel=1")
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
        return new FreshJobs(
                jobs,
                MultiProcessExecutor.builder()
                        .pool(pool)
                        .itemBuffer(ITEM_BUFFER, 1024 * 1024)
                        .outcomeBuffer(OUTCOME_BUFFER, 1024 * 1024)
                        .build());
    }

    /** As without a job. */
    @Override
    protected long mostTaken(long outcomes) {
        return outcomes + OUTCOME_BUFFER + WORKERS * ITEM_BUFFER;
    }
}
