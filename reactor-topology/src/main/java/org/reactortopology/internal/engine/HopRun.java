package org.reactortopology.internal.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactortopology.internal.lane.LaneFunction;
import org.reactortopology.spi.Item;

/**
 * A hop as one lane runs it. Counts for itself and passes the counts on when the lane pauses.
 *
 * <p>Each item is timed as a whole. How that time divides among several works is measured for each item as long as items take long, and for one in
 * sixteen when they are so quick that reading the clock would cost more than they do.
 */
final class HopRun implements LaneFunction<Object, Object> {

    private static final long QUICK_NANOS = 2_000;
    private static final int SAMPLE = 16;
    private static final int FLUSH = 256;
    private static final VarHandle CURRENT;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(HopRun.class, "current", Item.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Hop hop;
    private final Call[] calls;

    /** Written by the lane (opaque), read by whoever asks what runs. */
    @SuppressWarnings("unused") // CURRENT
    private @Nullable Item current;

    /** Confined to the thread that holds the lane, like all below. */
    private final long[] made;

    private final long[] failed;
    private final long[] sampled;
    private long total;
    private int items;
    private boolean exact = true;

    HopRun(Hop hop) {
        this.hop = hop;
        this.calls = hop.calls().toArray(Call[]::new);
        this.made = new long[calls.length];
        this.failed = new long[calls.length];
        this.sampled = new long[calls.length];
    }

    @Override
    public Object apply(Object input) {
        Item item = hop.before().apply(input);
        CURRENT.setOpaque(this, item);
        try (ThreadContext.Scope scope = hop.context().open()) {
            long start = System.nanoTime();
            boolean split = calls.length > 1 && (exact || items % SAMPLE == 0);
            item = split ? timed(item, start) : untimed(item);
            long nanos = System.nanoTime() - start;
            total += nanos;
            exact = nanos > QUICK_NANOS;
        }
        CURRENT.setOpaque(this, null);
        if (++items >= FLUSH) {
            pause();
        }
        return hop.after().apply(item);
    }

    private Item untimed(Item arrived) {
        Item item = arrived;
        for (int i = 0; i < calls.length; i++) {
            if (calls[i].takes(item)) {
                item = call(i, item);
            }
        }
        return item;
    }

    private Item timed(Item arrived, long start) {
        Item item = arrived;
        long from = start;
        for (int i = 0; i < calls.length; i++) {
            if (calls[i].takes(item)) {
                item = call(i, item);
                long to = System.nanoTime();
                sampled[i] += to - from;
                from = to;
            }
        }
        return item;
    }

    private Item call(int i, Item item) {
        Call call = calls[i];
        made[i]++;
        Object result;
        try {
            result = call.call(item);
            if (result == null) {
                throw call.nullResult(item);
            }
        } catch (Throwable thrown) { // a user's exception is a value
            failed[i]++;
            return call.threw(item, thrown);
        }
        return call.returned(item, result);
    }

    /** The item that runs now, with the hop's first work's name: which of several works it is in is not kept. */
    Optional<Hop.Running> running() {
        Item item = (Item) CURRENT.getOpaque(this);
        return item == null ? Optional.empty() : Optional.of(new Hop.Running(calls[0].name(), item));
    }

    @Override
    public void pause() {
        if (items == 0) {
            return;
        }
        long parts = 0;
        for (long part : sampled) {
            parts += part;
        }
        for (int i = 0; i < calls.length; i++) {
            double share = calls.length == 1 ? 1 : parts == 0 ? 1.0 / calls.length : (double) sampled[i] / parts;
            if (made[i] > 0) {
                hop.stats().add(calls[i].number, made[i], failed[i], Math.round(total * share));
            }
            made[i] = 0;
            failed[i] = 0;
            sampled[i] = 0;
        }
        total = 0;
        items = 0;
    }
}
