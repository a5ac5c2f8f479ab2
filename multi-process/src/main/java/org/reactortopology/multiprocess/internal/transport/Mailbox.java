package org.reactortopology.multiprocess.internal.transport;

import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Runs tasks one at a time, in order, on a scheduler's threads: what is touched only by its tasks needs no lock. Holds as many tasks as the
 * credit and demand of its users let them post.
 */
public final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final Scheduler scheduler;
    private final Consumer<Throwable> failed;
    private final Queue<Runnable> tasks =
            Queues.<Runnable>unboundedMultiproducer().get();

    /** Tasks posted and not yet run; who moves it from 0 schedules the drain, which alone polls. */
    private final AtomicInteger pending = new AtomicInteger();

    /** The thread that drains, while it does; written by it, compared with themselves by others. */
    private volatile @Nullable Thread draining;

    /** Tasks run on threads of the scheduler; what a task throws is logged. */
    public Mailbox(Scheduler scheduler) {
        this(scheduler, thrown -> {});
    }

    /** Tasks run on threads of the scheduler; what a task throws is logged, then told to {@code failed}, as a task. */
    public Mailbox(Scheduler scheduler, Consumer<Throwable> failed) {
        this.scheduler = scheduler;
        this.failed = failed;
    }

    /** Posts a task; callable from any thread, also from a task. */
    public void post(Runnable task) {
        tasks.offer(task);
        if (pending.getAndIncrement() == 0) {
            try {
                scheduler.schedule(this::drain);
            } catch (RejectedExecutionException e) {
                LOG.debug("task dropped: the run it belongs to has been released");
            }
        }
    }

    /** Whether the caller is a task of this mailbox. */
    public boolean isCurrent() {
        return draining == Thread.currentThread();
    }

    private void drain() {
        draining = Thread.currentThread();
        int missed = pending.get();
        do {
            for (int i = 0; i < missed; i++) {
                runOne();
            }
            draining = null;
            missed = pending.addAndGet(-missed);
            if (missed != 0) {
                draining = Thread.currentThread();
            }
        } while (missed != 0);
    }

    private void runOne() {
        Runnable task = tasks.poll();
        while (task == null) { // a producer is between its two steps: linked but not yet visible
            Thread.onSpinWait();
            task = tasks.poll();
        }
        try {
            task.run();
        } catch (Throwable t) { // also a checked one: whatever escaped here would stop the mailbox for good
            LOG.error("a task of a mailbox failed; this is a defect of the framework", t);
            post(() -> failed.accept(t));
        }
    }
}
