package org.reactortopology.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Results that no one has emitted yet: any lane adds, the one who emits takes. The lanes see to it that no more wait than it was made for.
 */
final class Finished {

    private static final VarHandle TAIL = Fields.of(MethodHandles.lookup(), "tail", long.class);
    private static final VarHandle HEAD = Fields.of(MethodHandles.lookup(), "head", long.class);

    /** A slot is written by the lane that claimed it and set to null by the one who emits, before {@code head} passes it. */
    private final AtomicReferenceArray<@Nullable Object> slots;

    @SuppressWarnings("unused")
    private long apart0, apart1, apart2, apart3, apart4, apart5, apart6, apart7;

    /** Slots claimed by lanes. */
    @SuppressWarnings("unused") // TAIL
    private volatile long tail;

    /** Results taken. Written by the one who emits, read by lanes. */
    private volatile long head;

    @SuppressWarnings("unused")
    private long away0, away1, away2, away3, away4, away5, away6, away7;

    Finished(int most) {
        slots = new AtomicReferenceArray<>(Ring.powerOfTwo(most));
    }

    /** Adds a result, or a {@link Batch} of some. */
    void add(Object result) {
        long at = (long) TAIL.getAndAdd(this, 1L);
        slots.setRelease((int) at & (slots.length() - 1), result);
    }

    /** The oldest result, or null when there is none or its lane has not put it down yet; that lane then calls for emission. */
    @Nullable
    Object poll() {
        long at = head;
        int slot = (int) at & (slots.length() - 1);
        Object result = slots.getAcquire(slot);
        if (result != null) {
            slots.setPlain(slot, null);
            HEAD.setRelease(this, at + 1);
        }
        return result;
    }

    /** Results that wait or are being put down. */
    int size() {
        long taken = head;
        return (int) (tail - taken);
    }
}
