package org.reactortopology.benchmarks.scale;

import java.time.Duration;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.multiprocess.MultiProcessBuilder;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.multiprocess.WorkerPool;

/** Workers as all parts of the suite use them: of one thread each. */
final class Pools {

    private static final long HEAP = 256L * 1024 * 1024;
    private static final Duration IDLE = Duration.ofMinutes(10);

    private Pools() {}

    /** So many, kept from run to run. */
    static WorkerPool of(int workers) {
        return WorkerPool.builder()
                .workers(workers)
                .threads(1)
                .heap(HEAP)
                .idleExit(IDLE)
                .build();
    }

    /** So many, kept, that have run so many items each, so that what is hot is compiled in all of them. */
    static WorkerPool warm(int workers, long itemsOfEach) {
        WorkerPool pool = of(workers);
        TopologyExecutor executor = executor(pool);
        for (int half = 0; half < 2; half++) {
            Trial.run(executor, Numbers.topology(workers * itemsOfEach / 2, 1, 0), workers * itemsOfEach / 2);
        }
        return pool;
    }

    /** Runs over them. */
    static TopologyExecutor executor(WorkerPool pool) {
        return MultiProcessExecutor.builder().pool(pool).build();
    }

    /** Starts so many for each run. */
    static MultiProcessBuilder started(int workers) {
        return MultiProcessExecutor.builder().workers(workers).threads(1).heap(HEAP);
    }
}
