package org.reactortopology.benchmarks.scale;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.multiprocess.MultiProcessBuilder;
import org.reactortopology.multiprocess.MultiProcessExecutor;
import org.reactortopology.multiprocess.WorkerPool;

/** Workers as all parts of the suite use them: of one thread each. */
final class Pools {

    private static final long HEAP = 256L * 1024 * 1024;
    private static final Duration IDLE = Duration.ofMinutes(10);

    /** Of what all processes compute, when little is compiled any more. */
    private static final double LITTLE = 0.1;

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
        return after(of(workers), executor -> {
            for (int half = 0; half < 2; half++) {
                Trial.run(executor, Numbers.topology(workers * itemsOfEach / 2, 1, 0), workers * itemsOfEach / 2);
            }
        });
    }

    /** That pool, which is closed if what it is to do first cannot be done. */
    private static WorkerPool after(WorkerPool pool, Consumer<TopologyExecutor> work) {
        try {
            work.accept(executor(pool));
            return pool;
        } catch (RuntimeException | Error e) {
            pool.close();
            throw e;
        }
    }

    /**
     * The same, run on until little is compiled any more in this JVM and in all workers, or the patience is at its end. Each JVM compiles for itself, and
     * the more of them share the processors the longer that takes.
     */
    static WorkerPool compiled(int workers, long itemsOfEach, Duration patience) {
        return after(warm(workers, itemsOfEach), executor -> {
            long end = System.nanoTime() + patience.toNanos();
            Compiled before;
            Compiled now = Compiled.now();
            do {
                before = now;
                Trial.run(executor, Numbers.topology(workers * itemsOfEach, 1, 0), workers * itemsOfEach);
                now = Compiled.now();
            } while (!now.isLittleSince(before) && System.nanoTime() < end);
        });
    }

    /** Processor time so far of this JVM and those below it, and that of their compilers. */
    private record Compiled(long all, long compilers) {

        static Compiled now() {
            List<Long> pids = Stream.concat(
                            Stream.of(ProcessHandle.current()),
                            ProcessHandle.current().descendants())
                    .map(ProcessHandle::pid)
                    .toList();
            return new Compiled(
                    pids.stream().mapToLong(ProcessFiles::cpuNanos).sum(),
                    pids.stream().mapToLong(ProcessFiles::compilerNanos).sum());
        }

        /** Not known, so not said, if a compiler's thread has ended meanwhile: its time is no longer in the sum. */
        boolean isLittleSince(Compiled before) {
            double share = (double) (compilers - before.compilers) / Math.max(1, all - before.all);
            return share >= 0 && share <= LITTLE;
        }
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
