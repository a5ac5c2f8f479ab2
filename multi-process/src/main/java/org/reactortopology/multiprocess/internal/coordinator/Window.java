package org.reactortopology.multiprocess.internal.coordinator;

import java.util.function.LongSupplier;

/**
 * How many items one worker is given ahead: enough to keep its lanes busy for about 20 ms at the rate at which it answers, so that slow items
 * are handed out few at a time, where any worker may become free for the next, and quick ones in large batches. Never below what keeps every
 * lane busy with one item in work, one coming and one going. Confined to the coordinator's thread.
 */
final class Window {

    private static final long TARGET_NANOS = 20_000_000L;
    private static final long SAMPLE_NANOS = 5_000_000L;

    private final int least;
    private final int most;
    private final LongSupplier nanoTime;

    private long sampleStart;
    private long sampled;
    private double itemsPerNano;
    private int size;

    Window(int threads, int most, LongSupplier nanoTime) {
        this.least = least(threads);
        this.most = Math.max(least, most);
        this.nanoTime = nanoTime;
        this.size = least;
        this.sampleStart = nanoTime.getAsLong();
    }

    /** Items that the worker may have in flight now. */
    int size() {
        return size;
    }

    /** The smallest that {@link #size} becomes. */
    static int least(int threads) {
        return 2 * threads + 1;
    }

    /** Tells that so many items were answered. */
    void answered(int items) {
        sampled += items;
        long now = nanoTime.getAsLong();
        long elapsed = now - sampleStart;
        if (elapsed >= SAMPLE_NANOS) {
            double rate = (double) sampled / elapsed;
            itemsPerNano = itemsPerNano == 0 ? rate : (itemsPerNano + rate) / 2;
            size = (int) Math.max(least, Math.min(most, Math.ceil(itemsPerNano * TARGET_NANOS)));
            sampled = 0;
            sampleStart = now;
        }
    }
}
