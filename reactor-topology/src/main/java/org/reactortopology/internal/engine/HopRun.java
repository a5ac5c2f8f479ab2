package org.reactortopology.internal.engine;

import org.jspecify.annotations.Nullable;
import org.reactortopology.internal.lane.LaneFunction;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Trace;

/**
 * A hop as one lane runs it. Counts for itself and passes the counts on when the lane pauses.
 *
 * <p>Times are measured for each item that is traced. Of others they are as long as items take long. Where they are so quick that reading the clock would cost more than they do, one in
 * sixteen is timed and stands for all.
 */
final class HopRun implements LaneFunction<Object, Object> {

    private static final long QUICK_NANOS = 2_000;
    private static final int SAMPLE = 16;
    private static final int FLUSH = 256;

    /** So that who watches slow works sees them go on. */
    private static final long TELL_NANOS = 50_000_000L;

    private final Hop hop;
    private final Call[] calls;

    /** Whether the works only map values, so that an item need not be made after each of them. */
    private final boolean maps;

    /** Confined to the thread that holds the lane, like all below. */
    private final long[] made;

    private final long[] failed;
    private final long[] nanos;
    private int items;
    private boolean exact = true;

    /** When the clock was last read, and when it had been when the counts were last passed on. */
    private long measured = System.nanoTime();

    private long told = measured;

    HopRun(Hop hop) {
        this.hop = hop;
        this.calls = hop.calls().toArray(Call[]::new);
        this.maps = hop.calls().stream().allMatch(Call::maps);
        this.made = new long[calls.length];
        this.failed = new long[calls.length];
        this.nanos = new long[calls.length];
    }

    @Override
    public Object apply(Object input) {
        Item item = hop.before().apply(input);
        try (ThreadContext.Scope scope = hop.context().open()) {
            Trace trace = item.trace();
            if (trace != null) {
                item = traced(item, trace);
            } else if (exact) {
                item = timed(item, 1);
            } else if (items % SAMPLE == 0) {
                item = timed(item, SAMPLE);
            } else {
                item = maps ? mapped(item) : called(item);
            }
        }
        if (++items >= FLUSH || measured - told > TELL_NANOS) {
            pause();
        }
        return hop.after().apply(item);
    }

    /** What that input is, or was when it came. */
    Item item(Object input) {
        return hop.before().apply(input);
    }

    private Item timed(Item arrived, int weight) {
        Item item = arrived;
        long start = System.nanoTime();
        long from = start;
        for (int i = 0; i < calls.length; i++) {
            if (calls[i].takes(item)) {
                item = call(i, item);
                long to = System.nanoTime();
                nanos[i] += weight * (to - from);
                from = to;
            }
        }
        exact = from - start > QUICK_NANOS;
        measured = from;
        return item;
    }

    private Item traced(Item arrived, Trace trace) {
        Item item = arrived;
        boolean begun = false;
        long from = System.nanoTime();
        for (int i = 0; i < calls.length; i++) {
            if (calls[i].takes(item)) {
                if (!begun) {
                    trace.begun(1);
                    begun = true;
                }
                item = call(i, item);
                long to = System.nanoTime();
                nanos[i] += to - from;
                trace.took(calls[i].number, to - from);
                from = to;
            }
        }
        exact = true; // what was measured must not stand for items beside it
        measured = from;
        return item;
    }

    private Item called(Item arrived) {
        Item item = arrived;
        for (int i = 0; i < calls.length; i++) {
            if (calls[i].takes(item)) {
                item = call(i, item);
            }
        }
        return item;
    }

    private Item mapped(Item item) {
        Object value = item.value();
        if (value == null) {
            return item;
        }
        for (int i = 0; i < calls.length; i++) {
            made[i]++;
            Object next;
            try {
                next = calls[i].call(item, value);
                if (next == null) {
                    throw calls[i].nullResult(item);
                }
            } catch (Throwable thrown) { // a user's exception is a value
                failed[i]++;
                return calls[i].threw(item, thrown);
            }
            value = next;
        }
        return item.withValue(value);
    }

    private Item call(int i, Item item) {
        Call call = calls[i];
        made[i]++;
        @Nullable Object result;
        try {
            result = call.callFor(item);
            if (result == null) {
                throw call.nullResult(item);
            }
        } catch (Throwable thrown) { // a user's exception is a value
            failed[i]++;
            return call.threw(item, thrown);
        }
        return call.returned(item, result);
    }

    @Override
    public void pause() {
        if (items == 0) {
            return;
        }
        for (int i = 0; i < calls.length; i++) {
            if (made[i] > 0) {
                hop.stats().add(calls[i].number, made[i], failed[i], nanos[i]);
            }
            made[i] = 0;
            failed[i] = 0;
            nanos[i] = 0;
        }
        items = 0;
        told = measured;
    }
}
