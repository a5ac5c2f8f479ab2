package org.reactortopology.multiprocess.internal.claim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.RawArray;

/**
 * Puts values into memory that the other side reads. What was read is used again, the lowest first, so that the memory touched is that of the values under
 * way. Never waits: what finds no place is sent in its frame. Thread-safe.
 */
public final class ClaimWriter {

    /** Values begin where a cache line does. */
    private static final int ALIGNMENT = 64;

    /** Memory is taken in pieces of this size. */
    private static final int STEP_BYTES = 1024 * 1024;

    /** A part of the area that the other side has not freed. */
    private record Used(int slot, int offset, int length) {
        int end() {
            return offset + aligned(length);
        }
    }

    private final Segment segment;
    private final int area;
    private final int threshold;

    /** Guarded by this, like the rest: in the order of their offsets. */
    private final List<Used> used = new ArrayList<>();

    private final BitSet slots = new BitSet(Segment.SLOTS);

    /** So much of the area has memory behind it. */
    private int backed;

    /** How far the area goes: less than at first if memory ran out. */
    private int end;

    ClaimWriter(Segment segment, int area, int threshold) {
        this.segment = segment;
        this.area = area;
        this.threshold = threshold;
        this.end = segment.capacity();
    }

    /** Whether a value of that length is to be put there. */
    public boolean takes(int length) {
        return length >= threshold;
    }

    /** Puts an array there, if there is room. */
    public @Nullable Claim write(RawArray array) {
        return write(array.dataBytes(), array.tag(), array::put);
    }

    /** Puts bytes there that a codec made, if there is room. */
    public @Nullable Claim write(byte[] bytes) {
        return write(bytes.length, 0, to -> to.put(bytes));
    }

    /** The other side reads nothing any more of what was written so far. */
    public synchronized void reset() {
        used.forEach(each -> segment.free(area, each.slot));
        used.clear();
        slots.clear();
    }

    /** Bytes that have been written and not been read, for tests. */
    synchronized int waiting() {
        reap();
        return used.stream().mapToInt(Used::length).sum();
    }

    private @Nullable Claim write(int length, int tag, Consumer<ByteBuffer> writing) {
        Used place = takes(length) ? reserve(length) : null;
        if (place == null) {
            return null;
        }
        writing.accept(segment.at(area, place.offset, length));
        return new Claim(place.slot, place.offset, length, tag);
    }

    private synchronized @Nullable Used reserve(int length) {
        if (!segment.isWhole()) {
            return null;
        }
        reap();
        int slot = slots.nextClearBit(0);
        if (slot >= Segment.SLOTS) {
            return null;
        }
        int at = 0;
        int offset = 0;
        while (at < used.size() && used.get(at).offset - offset < length) {
            offset = used.get(at).end();
            at++;
        }
        if (length > end - offset || !back(offset + length)) {
            return null;
        }
        Used place = new Used(slot, offset, length);
        used.add(at, place);
        slots.set(slot);
        segment.claim(area, slot);
        return place;
    }

    private void reap() {
        used.removeIf(each -> {
            boolean free = segment.isFree(area, each.slot);
            if (free) {
                slots.clear(each.slot);
            }
            return free;
        });
    }

    private boolean back(int to) {
        if (to > backed) {
            int most = (int) Math.min(end, (to + STEP_BYTES - 1L) / STEP_BYTES * STEP_BYTES);
            if (!segment.back(area, backed, most - backed)) {
                end = backed; // what is there goes on being used
                return false;
            }
            backed = most;
        }
        return true;
    }

    private static int aligned(int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
