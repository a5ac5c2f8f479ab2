package org.reactortopology.multiprocess;

import org.junit.jupiter.api.AfterEach;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.test.EndsContract;
import org.reactortopology.test.LeakCheck;

/** The contract over real child JVMs. */
class MultiProcessEndsTest extends EndsContract {

    @Override
    protected TopologyExecutor executor() {
        return MultiProcessExecutor.builder()
                .workers(2)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .itemBuffer(64, 1024 * 1024)
                .outcomeBuffer(30, 1024 * 1024)
                .build();
    }

    @AfterEach
    void noProcessIsLeft() {
        LeakCheck.awaitNoChildProcess();
    }
}
