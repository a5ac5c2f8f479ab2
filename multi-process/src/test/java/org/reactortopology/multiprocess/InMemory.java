package org.reactortopology.multiprocess;

import org.reactortopology.TopologyExecutor;
import org.reactortopology.multiprocess.internal.simulation.InMemoryLauncher;

/** Executors that run the whole protocol with the in-memory twin of processes and sockets. */
final class InMemory {

    static final int WORKERS = 3;
    static final int ITEM_BUFFER = 64;
    static final int OUTCOME_BUFFER = 30;

    private InMemory() {}

    /** Three workers and small buffers. */
    static TopologyExecutor executor() {
        return executor(WORKERS, ITEM_BUFFER, OUTCOME_BUFFER);
    }

    static TopologyExecutor executor(int workers, int itemBuffer, int outcomeBuffer) {
        MultiProcessBuilder settings = MultiProcessExecutor.builder()
                .workers(workers)
                .threads(2)
                .itemBuffer(itemBuffer, 1024 * 1024)
                .outcomeBuffer(outcomeBuffer, 1024 * 1024);
        return new MultiProcessExecutor(settings, (process, topology) -> new InMemoryLauncher());
    }
}
