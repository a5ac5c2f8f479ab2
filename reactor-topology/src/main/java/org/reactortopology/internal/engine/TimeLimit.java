package org.reactortopology.internal.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactortopology.WorkFunction;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** Interrupts a call that takes too long. */
final class TimeLimit implements Runnable {

    private static final int RUNNING = 0;
    private static final int RETURNED = 1;
    private static final int INTERRUPTING = 2;
    private static final int INTERRUPTED = 3;

    /** Says that a limit was exceeded; never leaves the framework. */
    static final class Exceeded extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Duration limit;
        private final transient Duration elapsed;

        Exceeded(Duration limit, Duration elapsed) {
            super("exceeded " + limit, null, false, false);
            this.limit = limit;
            this.elapsed = elapsed;
        }

        Duration limit() {
            return limit;
        }

        Duration elapsed() {
            return elapsed;
        }
    }

    private final Thread thread = Thread.currentThread();

    /** Whoever leaves RUNNING first, the call or the timer, decides; the call waits while the timer is about to interrupt. */
    private final AtomicInteger state = new AtomicInteger(RUNNING);

    private TimeLimit() {}

    /** Calls the function on this thread; the interrupt of a timer that fired never outlasts the call. */
    static @Nullable Object call(WorkFunction<Object, ?> function, Object value, Duration limit) throws Exception {
        TimeLimit watch = new TimeLimit();
        long start = System.nanoTime();
        Disposable timer = Schedulers.parallel().schedule(watch, limit.toNanos(), TimeUnit.NANOSECONDS);
        @Nullable Object result = null;
        @Nullable Throwable thrown = null;
        try {
            result = function.apply(value);
        } catch (Throwable t) { // told below, unless it came too late
            thrown = t;
        }
        timer.dispose();
        if (!watch.returned()) {
            // whatever it returned or threw, it was late
            throw new Exceeded(limit, Duration.ofNanos(System.nanoTime() - start));
        }
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown instanceof Exception exception) {
            throw exception;
        }
        return result;
    }

    @Override
    public void run() {
        if (state.compareAndSet(RUNNING, INTERRUPTING)) {
            thread.interrupt();
            state.set(INTERRUPTED);
        }
    }

    private boolean returned() {
        if (state.compareAndSet(RUNNING, RETURNED)) {
            return true;
        }
        while (state.get() != INTERRUPTED) {
            Thread.onSpinWait(); // for the few instructions between the two steps of the timer
        }
        Thread.interrupted();
        return false;
    }
}
