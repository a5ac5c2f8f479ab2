package org.reactortopology.internal.engine;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A fixed number of threads that take tasks from one shared queue, so that a slow task never holds up tasks behind it while another thread
 * is idle (Reactor's own parallel scheduler binds each task to a thread). The queue is bounded by the concurrency of the operators that
 * feed it.
 */
public final class Lanes {

    private final Sinks.Empty<Void> ended = Sinks.empty();
    private final ThreadPoolExecutor pool;
    private final Scheduler scheduler;

    private Lanes(int threads, ThreadFactory factory) {
        pool = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory) {
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
        return new Lanes(threads, task -> new ComputingThread(task, role + "-" + number.incrementAndGet()));
    }

    /** One thread that may block. */
    public static Lanes oneThread(String role) {
        return new Lanes(1, task -> {
            Thread thread = new Thread(task, role);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The threads as a scheduler. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** Lets running tasks end; completes when all threads have. */
    public Mono<Void> release() {
        return Mono.defer(() -> {
            pool.shutdown();
            return ended.asMono();
        });
    }

    /** Marked so that Reactor refuses {@code block()} on it and blocking-call detectors watch it. */
    private static final class ComputingThread extends Thread implements NonBlocking {
        ComputingThread(Runnable task, String name) {
            super(task, name);
            setDaemon(true);
        }
    }
}
