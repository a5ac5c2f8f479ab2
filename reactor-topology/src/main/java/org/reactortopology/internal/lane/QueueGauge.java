package org.reactortopology.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Depth of one buffer while it runs, read by any thread at any time. A gauge belongs to one subscription: with several, it shows the buffer
 * of the latest and the highest depth of all. Once the buffer's flux has ended the depth is 0 and nothing runs.
 */
public final class QueueGauge {

    private static final VarHandle HIGHEST = Fields.of(MethodHandles.lookup(), "highest", int.class);

    private final String edge;
    private final int capacity;
    private final long maxWeight;

    /** Written by the subscription that starts or ends, read by readers of the gauge. */
    private volatile @Nullable Source source;

    /** Written by the one thread that puts items into the buffer (opaque), read by readers of the gauge. */
    @SuppressWarnings("unused") // HIGHEST
    private int highest;

    /**
     * A gauge that no buffer feeds yet.
     *
     * @param edge name of the edge, for those who read the gauge
     * @param capacity most items that the buffer may hold
     * @param maxWeight most weight that it may hold, {@link Long#MAX_VALUE} for any
     */
    public QueueGauge(String edge, int capacity, long maxWeight) {
        this.edge = edge;
        this.capacity = capacity;
        this.maxWeight = maxWeight;
    }

    /** Where a gauge reads what it does not keep. Called by any thread. */
    public interface Source {

        /** Items held. */
        int depth();

        /** Their weight; 0 without a weigher. */
        long weight();

        /** The items that lanes run right now, in no order. */
        List<?> running();
    }

    /** Name of the edge. */
    public String edge() {
        return edge;
    }

    /** Most items that the buffer may hold. */
    public int capacity() {
        return capacity;
    }

    /** Most weight that the buffer may hold; {@link Long#MAX_VALUE} for any. */
    public long maxWeight() {
        return maxWeight;
    }

    /** Items that the buffer holds now. */
    public int depth() {
        Source from = source;
        return from == null ? 0 : from.depth();
    }

    /** Most items that the buffer ever held. */
    public int highest() {
        return (int) HIGHEST.getOpaque(this);
    }

    /** Weight of the items that the buffer holds now; 0 without a weigher. */
    public long weight() {
        Source from = source;
        return from == null ? 0 : from.weight();
    }

    /** The items that lanes run right now behind the buffer, in no order; a snapshot, item by item. */
    public List<?> running() {
        Source from = source;
        return from == null ? List.of() : from.running();
    }

    /** Shows this buffer from now on. */
    public void show(Source buffer) {
        source = buffer;
    }

    /** Shows nothing any more, if it shows this buffer still. */
    public void hide(Source buffer) {
        if (source == buffer) {
            source = null;
        }
    }

    /** Called by the one thread that puts items in, right after it did. */
    public void reached(int depth) {
        if (depth > (int) HIGHEST.get(this)) {
            HIGHEST.setOpaque(this, depth);
        }
    }
}
