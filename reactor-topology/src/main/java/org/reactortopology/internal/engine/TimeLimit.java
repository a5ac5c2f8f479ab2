package org.reactortopology.internal.engine;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactortopology.WorkFunction;

/** Interrupts a call when one of its deadlines has passed. */
final class TimeLimit implements Runnable {

    private static final int RUNNING = 0;
    private static final int RETURNED = 1;
    private static final int INTERRUPTING = 2;
    private static final int INTERRUPTED = 3;

    private final Thread thread = Thread.currentThread();

    /** Whoever leaves RUNNING first, the call or the timer, decides; the call waits while the timer is about to interrupt. */
    private final AtomicInteger state = new AtomicInteger(RUNNING);

    private TimeLimit() {}

    /** Calls the function on this thread; the interrupt of a timer that fired never outlasts the call. */
    static @Nullable Object call(CallContext context, CallClock clock, WorkFunction<Object, ?> function, Object value)
            throws Exception {
        TimeLimit limit = new TimeLimit();
        clock.start(limit);
        @Nullable Object result = null;
        @Nullable Throwable thrown = null;
        try {
            result = context.call(function, value);
        } catch (Throwable t) { // told below, unless it came too late
            thrown = t;
        }
        clock.stop();
        if (!limit.returned()) {
            throw clock.exceeded(); // whatever it returned or threw, it was late
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
