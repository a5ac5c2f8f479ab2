package org.reactortopology.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.internal.lane.LaneFunction;
import org.reactortopology.internal.operator.Joining;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Step;
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

    /** So many measurements on end must have been quick before results are held back. */
    private static final int SAMPLES = 8;

    /** So that who watches slow works sees them go on. */
    private static final long TELL_NANOS = 50_000_000L;

    /** Longs behind what a lane counts, so that no other lane's counts are on the same cache line; docs/adr/0009-lanes.md has the figures. */
    private static final int APART = 16;

    /** The same before the fields. */
    @SuppressWarnings("unused")
    private long apart0,
            apart1,
            apart2,
            apart3,
            apart4,
            apart5,
            apart6,
            apart7,
            apart8,
            apart9,
            apart10,
            apart11,
            apart12,
            apart13,
            apart14,
            apart15;

    private final Hop hop;
    private final Link[] links;
    private final Call[] calls;

    /** Whether the works only map values, so that an item need not be made after each of them. */
    private final boolean maps;

    /** Confined to the thread that holds the lane, like all below. */
    private final long[] made;

    private final long[] failed;
    private final long[] nanos;
    private int items;
    private boolean exact = true;

    /** How many measurements on end found the works quick. */
    private int quick;

    /** When the clock was last read, and when it had been when the counts were last passed on. */
    private long measured = System.nanoTime();

    private long told = measured;

    /** Weight of the calls that are measured now; 0 where they are not. */
    private int weight;

    private @Nullable Trace tracing;

    /** How an item ended whose value is missed. */
    private @Nullable Item ended;

    HopRun(Hop hop) {
        this.hop = hop;
        this.links = hop.links().toArray(Link[]::new);
        this.calls = hop.calls().toArray(Call[]::new);
        this.maps = hop.calls().stream().allMatch(Call::maps);
        this.made = new long[calls.length + APART];
        this.failed = new long[calls.length + APART];
        this.nanos = new long[calls.length + APART];
    }

    @Override
    public Object apply(Object input) {
        boolean looked = exact || items % SAMPLE == 0;
        long start = looked ? System.nanoTime() : 0;
        Item item = hop.before().apply(input);
        Trace trace = item.trace();
        try (ThreadContext.Scope scope = hop.context().open()) {
            if (trace != null || looked) {
                item = timed(item, trace, trace != null || exact ? 1 : SAMPLE);
            } else {
                item = maps ? mapped(item) : through(links, item);
            }
        }
        if (++items >= FLUSH || measured - told > TELL_NANOS) {
            pause();
        }
        Object result = hop.after().apply(item);
        if (trace != null || looked) {
            look(start, trace != null);
        }
        return result;
    }

    /** With what is done before and behind the works, as results wait for that too. What was traced must not stand for items beside it. */
    private void look(long start, boolean traced) {
        exact = traced || System.nanoTime() - start > QUICK_NANOS;
        quick = exact ? 0 : quick + 1;
    }

    @Override
    public boolean isQuick() {
        return quick >= SAMPLES;
    }

    /** What that input is, or was when it came. */
    Item item(Object input) {
        return hop.before().apply(input);
    }

    private Item timed(Item arrived, @Nullable Trace trace, int of) {
        tracing = trace;
        weight = of;
        measured = System.nanoTime();
        Item item = through(links, arrived);
        tracing = null;
        weight = 0;
        return item;
    }

    private Item through(Link[] way, Item arrived) {
        Item item = arrived;
        for (Link link : way) {
            Step.JoinStep join = link.join;
            if (join != null) {
                item = joined(link, join, item);
            } else if (calls[link.at].takes(item)) {
                item = weight == 0 ? call(link.at, item) : measured(link.at, item);
            }
        }
        return item;
    }

    private Item joined(Link link, Step.JoinStep join, Item item) {
        if (item.ended() instanceof Outcome.Consumed) {
            return item;
        }
        List<Item> parts = new ArrayList<>(link.sides.length);
        for (Link[] side : link.sides) {
            parts.add(through(side, item));
        }
        return Joining.joined(join, parts);
    }

    private Item measured(int i, Item item) {
        Trace trace = tracing;
        if (trace != null) {
            trace.begun(1);
        }
        Item next = call(i, item);
        long to = System.nanoTime();
        nanos[i] += weight * (to - measured);
        if (trace != null) {
            trace.took(calls[i].number, to - measured);
        }
        measured = to;
        return next;
    }

    private Item mapped(Item item) {
        Object value = item.value();
        if (value == null) {
            return item;
        }
        Object result = mapped(links, item, value);
        if (result != null) {
            return item.withValue(result);
        }
        Item how = Objects.requireNonNull(ended);
        ended = null;
        return how;
    }

    /** The value at the end of the way; null if the item ended on it, as {@link #ended} says. */
    private @Nullable Object mapped(Link[] way, Item item, Object arrived) {
        Object value = arrived;
        for (Link link : way) {
            Object next = link.join != null ? joined(link, item, value) : called(link.at, item, value);
            if (next == null) {
                return null;
            }
            value = next;
        }
        return value;
    }

    private @Nullable Object called(int i, Item item, Object value) {
        made[i]++;
        try {
            Object result = calls[i].call(item, value);
            if (result == null) {
                throw calls[i].nullResult(item);
            }
            return result;
        } catch (Throwable thrown) { // a user's exception is a value
            failed[i]++;
            ended = calls[i].threw(item, thrown);
            return null;
        }
    }

    /** The values of all sides; null if the item ended on one, as on the first of those. */
    private @Nullable Object joined(Link link, Item item, Object value) {
        List<Object> values = new ArrayList<>(link.sides.length);
        Item first = null;
        for (Link[] side : link.sides) {
            Object of = mapped(side, item, value);
            if (of != null) {
                values.add(of);
            } else if (first == null) {
                first = ended;
            }
        }
        ended = first;
        return first == null ? values : null;
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
