package org.reactortopology.multiprocess.internal.coordinator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How many workers have died lately, and how long to wait before the next is started: nothing after the first death, then twice as long each time
 * until something comes of a worker. Confined to the mailbox.
 */
final class Restarts {

    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 5_000;
    private static final int MOST_DOUBLINGS = 10;

    private final int most;
    private final Duration window;
    private final LongSupplier nanoTime;

    /** When the deaths of the last window were. */
    private final Deque<Long> deaths = new ArrayDeque<>();

    /** Deaths since the last progress. */
    private int inVain;

    Restarts(int most, Duration window, LongSupplier nanoTime) {
        this.most = most;
        this.window = window;
        this.nanoTime = nanoTime;
    }

    /** A worker died. Whether there may be another in its place. */
    boolean another() {
        long now = nanoTime.getAsLong();
        while (!deaths.isEmpty() && now - deaths.element() > window.toNanos()) {
            deaths.remove();
        }
        deaths.add(now);
        inVain++;
        return deaths.size() <= most;
    }

    /** How long to wait before the next start, in milliseconds. */
    long waitMillis() {
        if (inVain <= 1) {
            return 0;
        }
        int doublings = Math.min(MOST_DOUBLINGS, inVain - 2);
        return Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << doublings);
    }

    /** An outcome came, or a worker died of what it was busy with. */
    void progress() {
        inVain = 0;
    }
}
