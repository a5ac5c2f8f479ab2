package org.reactortopology;

import org.reactortopology.internal.run.InJvm;
import org.reactortopology.spi.SliceEngine;

/**
 * Runs a topology in this JVM: {@code cpu} works on a fixed number of threads that pull from one queue, {@code io} works on threads
 * that are started as they are needed, at most one per item that the {@code io} works may run at once, {@code async} works on the thread that brings the item. Works of one kind that follow each other run as one hop. Outcomes are
 * emitted by the threads of the works; a subscriber that blocks should {@code publishOn} a scheduler of its own. A partitioning is without
 * effect.
 *
 * <p>Each run has its own threads, which end with it.
 */
public final class ParallelExecutor implements TopologyExecutor {

    private final int threads;

    private ParallelExecutor(int threads) {
        this.threads = threads;
    }

    /** An executor with one cpu thread per processor of this machine. */
    public static ParallelExecutor create() {
        return threads(Runtime.getRuntime().availableProcessors());
    }

    /**
     * An executor with that many cpu threads.
     *
     * @throws IllegalArgumentException if {@code threads} is below 1
     */
    public static ParallelExecutor threads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ": a run needs at least 1 thread");
        }
        return new ParallelExecutor(threads);
    }

    @Override
    public <O> TopologyRun<O> run(Topology<O> topology) {
        return InJvm.run(topology, (plan, stats) -> SliceEngine.parallel(plan, stats, threads));
    }
}
