package org.reactortopology.internal.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that end a test with a message rather than never. */
final class Latches {

    private Latches() {}

    static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody opened the latch within 30 s");
        }
    }

    static void awaitEnd(Thread thread) throws InterruptedException {
        thread.join(30_000);
        if (thread.isAlive()) {
            throw new AssertionError("thread " + thread.getName() + " has not ended within 30 s");
        }
    }
}
