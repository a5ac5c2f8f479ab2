package org.reactortopology.multiprocess.internal.coordinator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reactortopology.multiprocess.internal.wire.Numbered;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;

/**
 * What only a worker's accumulators know: items that were answered since they last came, which are run again if the worker dies. Nothing where no aggregate is
 * in the slice. Confined to the mailbox.
 */
final class Epoch {

    /** Answered items of which only the worker's accumulators know, before it must send these: so many, or so many times its window. */
    private static final int ITEMS = 1024;

    private static final int WINDOWS = 8;

    /** Never more than so many. */
    private static final int MOST_ITEMS = 8192;

    /** The same in encoded bytes. */
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final boolean aggregating;
    private final Numbered<Flight> uncommitted = new Numbered<>();

    /** Accumulators that have come since the last time all had come. */
    private final Map<String, Object> partials = new HashMap<>();

    private int items;
    private long bytes;
    private boolean closing;
    private boolean committedAtEnd;

    /** {@code aggregating}: whether accumulators in the worker hold values of items that were answered. */
    Epoch(boolean aggregating) {
        this.aggregating = aggregating;
    }

    /** The worker was given an item of so many bytes. */
    void given(int encoded) {
        items++;
        bytes += encoded;
    }

    /** Its outcome has come. */
    void answered(Flight flight) {
        if (aggregating) {
            uncommitted.put(flight.number(), flight);
        }
    }

    /** Whether so much depends on the accumulators of a worker with that window that losing it would be costly. */
    boolean isDue(int window) {
        return aggregating && (items >= Math.min(MOST_ITEMS, Math.max(ITEMS, WINDOWS * window)) || bytes >= MOST_BYTES);
    }

    /** The worker is asked for its accumulators. */
    void close() {
        closing = true;
        items = 0;
        bytes = 0;
    }

    /** Whether it was asked and has not sent them all. */
    boolean isClosing() {
        return closing;
    }

    /**
     * An accumulator came in.
     *
     * @param all how many are due
     * @param atEnd whether no item follows
     * @return all of them by name, once the last has come: what was answered before is in them. Otherwise nothing.
     */
    Map<String, Object> partial(String aggregate, Object accumulator, int all, boolean atEnd) {
        if (partials.put(aggregate, accumulator) != null) {
            throw new ProtocolException("it sent an accumulator of '" + aggregate + "' twice");
        }
        if (partials.size() < all) {
            return Map.of();
        }
        Map<String, Object> complete = Map.copyOf(partials);
        partials.clear();
        uncommitted.clear();
        closing = false;
        committedAtEnd = atEnd;
        return complete;
    }

    /** Whether all that the worker accumulated has come. */
    boolean isCommitted() {
        return !aggregating || (committedAtEnd && uncommitted.isEmpty());
    }

    /** The items that were answered since. */
    List<Flight> uncommitted() {
        return uncommitted.values();
    }
}
