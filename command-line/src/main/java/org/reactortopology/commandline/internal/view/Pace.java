package org.reactortopology.commandline.internal.view;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast items are run, over the last minute. Thread-safe; holds at most one count for each second of it. */
public final class Pace {

    private static final long SECOND = 1_000_000_000L;
    private static final long WINDOW = 60 * SECOND;

    private record Seen(long atNanos, long ran) {}

    private final Deque<Seen> seen = new ArrayDeque<>(); // guarded by this

    /** A pace that begins at that time. */
    public Pace(long nowNanos) {
        seen.add(new Seen(nowNanos, 0));
    }

    /** Notes how many items had been run at that time, and gives how many that is in a second. */
    public synchronized double perSecond(long nowNanos, long ran) {
        while (seen.size() > 1 && nowNanos - second().atNanos() >= WINDOW) {
            seen.removeFirst();
        }
        Seen first = seen.getFirst();
        long passed = nowNanos - first.atNanos();
        if (nowNanos - seen.getLast().atNanos() >= SECOND) {
            seen.addLast(new Seen(nowNanos, ran));
        }
        return passed <= 0 ? 0 : (ran - first.ran()) * (double) SECOND / passed;
    }

    /** How long that many items take at that rate; empty if nothing is known of it. */
    public static Optional<Duration> left(long items, double perSecond) {
        return items <= 0 || !(perSecond > 0)
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.round(Math.min(1e12, items / perSecond))));
    }

    private Seen second() {
        return seen.stream().skip(1).findFirst().orElseThrow();
    }
}
