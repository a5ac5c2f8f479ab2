package org.reactortopology.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an item goes through, while it does. Travels with the item; the parts of an item on the branches of a fan-out share one. Thread-safe; every method
 * is short. Items have one only where somebody asks: in this JVM {@link TopologyPlan#trace}, in a worker whoever started it.
 */
public final class Trace {

    private static final long MICROS = 1_000_000;

    /** Guarded by this, like all below; by the number of the work in the plan. */
    private final long[] nanos;

    private long startedMicros;
    private int attempts;
    private int worker = -1;

    /** Of an item that nothing was done with yet, in a plan of so many works. */
    public Trace(int works) {
        nanos = new long[works];
    }

    /** For an item that is made of that one: an empty one if the other item has one, null if it has none. */
    public static @Nullable Trace like(@Nullable Trace other) {
        return other == null ? null : new Trace(other.nanos.length);
    }

    /** A call of a work begins now, which is the {@code attempt}-th for the item; 1 for the first. */
    public synchronized void begun(int attempt) {
        if (startedMicros == 0) {
            Instant now = Instant.now();
            startedMicros = now.getEpochSecond() * MICROS + now.getNano() / 1_000;
        }
        attempts = Math.max(attempts, attempt);
    }

    /**
     * A call of a work took so long; adds to those before.
     *
     * @param work its number in the plan
     */
    public synchronized void took(int work, long time) {
        nanos[work] += time;
    }

    /**
     * The item was in a worker.
     *
     * @param in number of the worker
     * @param began begin of its first call there, in microseconds since 1970; 0 if there was none, or none is known
     * @param times how often it was begun there and in the workers that died of it
     */
    public synchronized void ran(int in, long began, int times) {
        worker = in;
        if (began != 0) {
            startedMicros = startedMicros == 0 ? began : Math.min(startedMicros, began);
        }
        attempts = Math.max(attempts, times);
    }

    /** What the item of the source has gone through so far. */
    public ItemTrace soFar() {
        return soFar(false);
    }

    /** What the item has gone through so far, which was made of others or not. */
    public synchronized ItemTrace soFar(boolean derived) {
        return new ItemTrace(worker, startedMicros, attempts, nanos.clone(), derived);
    }
}
