package org.reactortopology.internal.engine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactortopology.internal.lane.LaneThread;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Threads that take tasks from one shared queue, so that a slow task never holds up tasks behind it while another thread is idle (Reactor's
 * own schedulers bind each task to a thread when it is submitted). The queue is bounded by the concurrency of the operators that feed it.
 */
public final class Lanes {

    private final Sinks.Empty<Void> ended = Sinks.empty();
    private final ThreadPoolExecutor pool;
    private final Scheduler scheduler;

    private Lanes(int atOnce, int most, BlockingQueue<Runnable> tasks, ThreadFactory factory) {
        pool =
                new ThreadPoolExecutor(
                        atOnce, most, Long.MAX_VALUE, TimeUnit.NANOSECONDS, tasks, factory, Lanes::allThreadsBusy) {
                    @Override
                    protected void terminated() {
                        ended.tryEmitEmpty();
                    }
                };
        scheduler = Schedulers.fromExecutorService(pool);
    }

    /** Threads for works that compute: blocking Reactor calls are refused on them. */
    public static Lanes computing(String role, int threads) {
        AtomicInteger number = new AtomicInteger();
        return new Lanes(
                threads,
                threads,
                new LinkedBlockingQueue<>(),
                task -> new ComputingThread(task, role + "-" + number.incrementAndGet()));
    }

    /** At most that many threads that may block; one is started only when a task finds none idle. */
    public static Lanes blocking(String role, int most) {
        AtomicInteger number = new AtomicInteger();
        return new Lanes(0, most, new HandOver(), task -> new LaneThread(task, role + "-" + number.incrementAndGet()));
    }

    /** One thread that may block. */
    public static Lanes oneThread(String role) {
        return oneThread(role, () -> null);
    }

    /** One thread that may block; the teller says what it is inside of. */
    static Lanes oneThread(String role, Supplier<LaneThread.@Nullable Inside> teller) {
        return new Lanes(1, 1, new LinkedBlockingQueue<>(), task -> new LaneThread(task, role, teller));
    }

    /** The threads as a scheduler. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** The threads as an executor. */
    public Executor executor() {
        return pool;
    }

    /** Lets running tasks end; completes when all threads have. */
    public Mono<Void> release() {
        return Mono.defer(() -> {
            pool.shutdown();
            return ended.asMono();
        });
    }

    private static void allThreadsBusy(Runnable task, ThreadPoolExecutor pool) {
        if (pool.isShutdown() || !(pool.getQueue() instanceof HandOver queue)) {
            throw new RejectedExecutionException("the run has ended");
        }
        queue.keep(task);
    }

    /** Tells the pool that it is full unless an idle thread takes the task at once, so that the pool starts a thread before it queues. */
    private static final class HandOver extends LinkedTransferQueue<Runnable> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        /** Queues the task; the threads live as long as the pool, so one of them will take it. */
        void keep(Runnable task) {
            super.offer(task);
        }
    }

    /** Marked so that Reactor refuses {@code block()} on it and blocking-call detectors watch it. */
    private static final class ComputingThread extends LaneThread implements NonBlocking {
        ComputingThread(Runnable task, String name) {
            super(task, name);
        }
    }
}
