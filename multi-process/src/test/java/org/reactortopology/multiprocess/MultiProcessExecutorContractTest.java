package org.reactortopology.multiprocess;

import org.junit.jupiter.api.AfterEach;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.LeakCheck;
import org.reactortopology.test.TopologyExecutorContract;

/** The contract over real child JVMs. */
class MultiProcessExecutorContractTest extends TopologyExecutorContract {

    private static final int WORKERS = 2;
    private static final int ITEM_BUFFER = 64;
    private static final int OUTCOME_BUFFER = 30;

    @Override
    protected TopologyExecutor executor() {
        return MultiProcessExecutor.builder()
                .workers(WORKERS)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .itemBuffer(ITEM_BUFFER, 1024 * 1024)
                .outcomeBuffer(OUTCOME_BUFFER, 1024 * 1024)
                .build();
    }

    @Override
    protected long mostTaken(long outcomes) {
        return outcomes + OUTCOME_BUFFER + WORKERS * ITEM_BUFFER;
    }

    @AfterEach
    void noProcessIsLeft() {
        LeakCheck.awaitNoChildProcess();
    }
}
