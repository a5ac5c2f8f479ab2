package org.reactortopology.internal.lane;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/** The lanes that have no thread, by number; the one that went idle last is woken first, as its thread and its data are still warm. */
final class IdleLanes {

    private static final int NONE = -1;

    /** The lane below each lane. Written by the one who pushes it, read by those who pop. */
    private final AtomicIntegerArray below;

    /** The lane on top, and above it how often that changed, so that a slow pop does not take a changed stack for the one it read. */
    private final AtomicLong top;

    /** All lanes are idle. */
    IdleLanes(int lanes) {
        below = new AtomicIntegerArray(lanes);
        for (int lane = 0; lane < lanes; lane++) {
            below.setPlain(lane, lane + 1 < lanes ? lane + 1 : NONE);
        }
        top = new AtomicLong(packed(0, 0));
    }

    boolean isEmpty() {
        return (int) top.get() == NONE;
    }

    void push(int lane) {
        for (; ; ) {
            long was = top.get();
            below.set(lane, (int) was);
            if (top.compareAndSet(was, packed(was, lane))) {
                return;
            }
        }
    }

    /** The number of a lane that is the caller's now, or less than 0 when none is idle. */
    int pop() {
        for (; ; ) {
            long was = top.get();
            int lane = (int) was;
            if (lane == NONE || top.compareAndSet(was, packed(was, below.get(lane)))) {
                return lane;
            }
        }
    }

    private static long packed(long was, int lane) {
        return (((was >>> 32) + 1) << 32) | (lane & 0xFFFFFFFFL);
    }
}
