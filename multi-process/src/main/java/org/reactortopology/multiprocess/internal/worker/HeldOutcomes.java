package org.reactortopology.multiprocess.internal.worker;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import reactor.util.concurrent.Queues;

/**
 * Outcomes that were not sent. The lanes add them, one at a time; the connection's thread takes them. It is woken when they are due: when there are as many of
 * them, or as many bytes, as may be held, or when the oldest has waited for the longest time. One timer sees to that: it is set when something begins to wait,
 * goes on while something does, and ends when it finds nothing.
 */
final class HeldOutcomes {

    private final Connection connection;
    private final long longestNanos;
    private final LongSupplier nanoTime;
    private final Runnable timeIsUp;

    /** Bounded by the coordinator's credit for outcomes. */
    private final Queue<Outcomes.Entry> entries =
            Queues.<Outcomes.Entry>unboundedMultiproducer().get();

    /** All that were ever added, and their bytes. Written by the lanes, read on the connection's thread. */
    private final AtomicLong added = new AtomicLong();

    private final AtomicLong addedBytes = new AtomicLong();

    /** What those must come to for the connection's thread to be woken. Written by it, read by the lanes. */
    private volatile long due = 1;

    private volatile long dueBytes = 1;

    /** Confined to the connection's thread, like all below. */
    private long taken;

    private long takenBytes;

    /** Whether the timer is set. */
    private boolean timing;

    /** Nothing that is held is older, while the timer is set. */
    private long since;

    /** Whether what is held waits for credit: it has waited enough when that comes. */
    private boolean blocked;

    /**
     * Holds none for longer than that; holds nothing if it is 0.
     *
     * @param timeIsUp called on the connection's thread when the time of something is up
     */
    HeldOutcomes(Connection connection, long longestNanos, LongSupplier nanoTime, Runnable timeIsUp) {
        this.connection = connection;
        this.longestNanos = longestNanos;
        this.nanoTime = nanoTime;
        this.timeIsUp = timeIsUp;
    }

    /** Adds one. Whether the connection's thread is to be woken. By the lanes. */
    boolean add(Outcomes.Entry outcome) {
        long bytes = addedBytes.getPlain() + weight(outcome);
        long count = added.getPlain() + 1;
        entries.offer(outcome);
        addedBytes.set(bytes);
        added.set(count); // before the look at what is due: hold() does these two the other way round
        return count >= due || bytes >= dueBytes;
    }

    /** Bytes that one counts: those that it takes in a frame, and its value also where that lies elsewhere. */
    static int weight(Outcomes.Entry outcome) {
        return outcome.bytes() + (outcome.large() instanceof Claim ? outcome.bodyBytes() : 0);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** How many were ever taken. */
    long taken() {
        return taken;
    }

    /** Takes the oldest; there must be one. */
    Outcomes.Entry take() {
        Outcomes.Entry outcome = entries.remove();
        taken++;
        takenBytes += weight(outcome);
        return outcome;
    }

    /** Whether something is due, if so many may be held, or so many bytes. */
    boolean isDue(long count, long bytes) {
        long held = added.get() - taken;
        return held > 0
                && (held >= count || addedBytes.get() - takenBytes >= bytes || longestNanos == 0 || blocked || isOld());
    }

    private boolean isOld() {
        return timing && nanoTime.getAsLong() - since >= longestNanos;
    }

    /** All that can be sent is about to be taken: what is left is younger. */
    void sending() {
        since = nanoTime.getAsLong();
    }

    /** Lets so many be held, or so many bytes, until the next call. Whether something is due already. */
    boolean hold(long count, long bytes) {
        blocked = false;
        due = taken + (timing ? count : 1);
        dueBytes = takenBytes + bytes;
        if (!timing && longestNanos > 0 && added.get() > taken) {
            since = nanoTime.getAsLong();
            timing = true;
            connection.later(this::look, longestNanos);
            due = taken + count;
        }
        return isDue(count, bytes);
    }

    /** Holds all, until there is credit or for good: nobody is woken, and the timer ends. */
    void block() {
        blocked = true;
        due = Long.MAX_VALUE;
        dueBytes = Long.MAX_VALUE;
    }

    /** The timer went off. */
    private void look() {
        long left = longestNanos - (nanoTime.getAsLong() - since);
        if (blocked || added.get() <= taken) {
            timing = false;
            left = 0;
        } else {
            connection.later(this::look, left > 0 ? left : longestNanos);
        }
        if (left <= 0 && !blocked) {
            timeIsUp.run(); // also if nothing is held: what comes next is to set the timer
        }
    }
}
