package org.reactortopology.internal.lane;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Indexes that lanes have been given several of at once and have not begun yet, a share for each lane. Whoever has nothing else to take takes from any of them,
 * so that none waits for the lane that it was given to.
 */
final class Shares {

    /** Longs between two shares, so that each has a cache line of its own, and the ones beside it too. */
    private static final int APART = 16;

    /** For each lane the next index, and above it the one after the last. Written by the lane when it is empty; taken from by all. */
    private final AtomicLongArray shares;

    private final int lanes;

    Shares(int lanes) {
        this.lanes = lanes;
        shares = new AtomicLongArray((lanes + 1) * APART);
    }

    /** Gives the lane, whose share is empty, the indexes from {@code from} to before {@code to}. By the lane. */
    void give(int lane, int from, int to) {
        shares.set(at(lane), share(from, to));
    }

    /** The next index of the lane's share, or less than 0. Any thread. */
    int take(int lane) {
        for (; ; ) {
            long share = shares.get(at(lane));
            int next = (int) share;
            int end = (int) (share >>> Integer.SIZE);
            if (next >= end) {
                return -1;
            }
            if (shares.compareAndSet(at(lane), share, share(next + 1, end))) {
                return next;
            }
        }
    }

    /** An index of any share, or less than 0 if all are empty. Any thread. */
    int takeAny() {
        for (int lane = 0; lane < lanes; lane++) {
            int index = take(lane);
            if (index >= 0) {
                return index;
            }
        }
        return -1;
    }

    /** Indexes that nobody has taken. */
    int left() {
        int left = 0;
        for (int lane = 0; lane < lanes; lane++) {
            left += left(shares.get(at(lane)));
        }
        return left;
    }

    /** Takes all that is there; how many that were. */
    int clear() {
        int cleared = 0;
        for (int lane = 0; lane < lanes; lane++) {
            cleared += left(shares.getAndSet(at(lane), 0));
        }
        return cleared;
    }

    private static int left(long share) {
        return Math.max(0, (int) (share >>> Integer.SIZE) - (int) share);
    }

    private static long share(int next, int end) {
        return ((long) end << Integer.SIZE) | next;
    }

    private static int at(int lane) {
        return (lane + 1) * APART;
    }
}
