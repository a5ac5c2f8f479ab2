package org.reactortopology.multiprocess;

import org.reactortopology.TopologyExecutor;
import org.reactortopology.multiprocess.internal.simulation.InMemoryLauncher;
import org.reactortopology.test.TopologyExecutorContract;

/** The whole protocol, with the in-memory twin of processes and sockets. */
class InMemoryExecutorContractTest extends TopologyExecutorContract {

    private static final int WORKERS = 3;
    private static final int ITEM_BUFFER = 64;
    private static final int OUTCOME_BUFFER = 30;

    @Override
    protected TopologyExecutor executor() {
        MultiProcessBuilder settings = MultiProcessExecutor.builder()
                .workers(WORKERS)
                .threads(2)
                .itemBuffer(ITEM_BUFFER, 1024 * 1024)
                .outcomeBuffer(OUTCOME_BUFFER, 1024 * 1024);
        return new MultiProcessExecutor(settings, (process, topology) -> new InMemoryLauncher());
    }

    @Override
    protected long mostTaken(long outcomes) {
        return outcomes + OUTCOME_BUFFER + WORKERS * ITEM_BUFFER;
    }
}
