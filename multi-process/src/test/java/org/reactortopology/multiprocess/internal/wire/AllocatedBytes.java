package org.reactortopology.multiprocess.internal.wire;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a piece of code takes from the heap, as the JVM counts it for the thread. */
public final class AllocatedBytes {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int AGAIN = 3;

    private AllocatedBytes() {}

    /** Bytes that the task took, which is run on this thread. */
    public static long by(Runnable task) {
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        task.run();
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    /**
     * Fails if the task takes more than {@code fixed} bytes and {@code perByte} for each of {@code length} bytes of input. What takes more is run again,
     * because the first time loads classes.
     */
    public static void within(long fixed, int perByte, int length, Runnable task) {
        long bound = fixed + (long) perByte * length;
        long bytes = by(task);
        for (int again = 0; bytes > bound && again < AGAIN; again++) {
            bytes = by(task);
        }
        if (bytes > bound) {
            throw new AssertionError(
                    bytes + " bytes were taken for " + length + " bytes of input, at most " + bound + " are right");
        }
    }
}
