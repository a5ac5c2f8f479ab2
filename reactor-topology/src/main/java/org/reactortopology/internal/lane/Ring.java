package org.reactortopology.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Items in the order of their arrival: one thread at a time adds, any number of threads take. A slot is read before its index is claimed, and
 * written again only after {@link #clear} has passed it; so a successful claim proves that what was read is the item. References to taken items
 * stay until {@code clear}: the ring never refers to more items than were let in since.
 *
 * <p>Whoever adds must know, by way of the one who cleared, that there is room for the most items that the ring was made for.
 */
final class Ring<A> {

    private static final VarHandle HEAD = Fields.of(MethodHandles.lookup(), "head", long.class);
    private static final int FIRST_SLOTS = 64;

    /** Replaced by the adder when it grows, read by takers after {@code tail}. A length is a power of two. */
    private volatile @Nullable Object[] slots;

    /** Items added. Written by the adder, read by all. */
    private volatile long tail;

    /** Keeps what different threads write on cache lines of their own; docs/adr/0009-lanes.md has the figures. */
    @SuppressWarnings("unused")
    private long apart0, apart1, apart2, apart3, apart4, apart5, apart6, apart7;

    /** Items taken. Claimed by takers, read by all. */
    private volatile long head;

    @SuppressWarnings("unused")
    private long away0, away1, away2, away3, away4, away5, away6, away7;

    /** Slots below it are null and may be written again. Written by the one who clears, read by it and the adder. */
    private volatile long cleared;

    /** A ring that can hold that many items; it grows to them. */
    Ring(int items) {
        slots = new @Nullable Object[powerOfTwo(Math.min(items, FIRST_SLOTS))];
    }

    static int powerOfTwo(int atLeast) {
        return atLeast <= 1 ? 1 : Integer.highestOneBit(atLeast - 1) << 1;
    }

    /** Adds an item; a taker that finds the ring empty afterwards, or parked before, is seen by whoever looks for it next. */
    void add(A item) {
        long at = tail;
        @Nullable Object[] to = slots;
        if (at - cleared >= to.length) {
            to = grown(to, at);
        }
        to[(int) at & (to.length - 1)] = item;
        tail = at + 1;
    }

    /** The oldest item, or null when there is none. */
    @SuppressWarnings("unchecked") // only items are added
    @Nullable
    A poll() {
        for (; ; ) {
            long at = head;
            if (at >= tail) {
                return null;
            }
            @Nullable Object[] from = slots;
            Object item = from[(int) at & (from.length - 1)];
            if (HEAD.compareAndSet(this, at, at + 1)) {
                return (A) item;
            }
        }
    }

    /** Forgets the items taken so far. One thread at a time. */
    void clear() {
        long to = head;
        @Nullable Object[] from = slots;
        for (long at = cleared; at < to; at++) {
            from[(int) at & (from.length - 1)] = null;
        }
        cleared = to;
    }

    boolean isEmpty() {
        return head >= tail;
    }

    /** Items held now; never more than there were at some moment of the call. */
    int size() {
        long added = tail;
        return (int) Math.max(0, added - head);
    }

    long added() {
        return tail;
    }

    long taken() {
        return head;
    }

    /** Items below it have been forgotten. */
    long cleared() {
        return cleared;
    }

    /** Takers of the old array still find there what they claim; what is added later is only in the new one. */
    private @Nullable Object[] grown(@Nullable Object[] old, long end) {
        @Nullable Object[] to = new @Nullable Object[old.length << 1];
        for (long at = end - old.length; at < end; at++) {
            to[(int) at & (to.length - 1)] = old[(int) at & (old.length - 1)];
        }
        slots = to;
        return to;
    }
}
