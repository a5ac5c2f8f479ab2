package org.reactortopology.multiprocess.internal.worker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.TopologyException;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.PayloadException;
import org.reactortopology.multiprocess.internal.blackbox.BlackBox;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.claim.LargeValues;
import org.reactortopology.multiprocess.internal.claim.LargeValues.Encoded;
import org.reactortopology.multiprocess.internal.payload.EndedCodec;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.OutcomeTrace;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.ItemTrace;
import org.reactortopology.spi.Trace;

/**
 * Makes items of what comes in and entries of what goes out. Here an item's index is the number with which it came, which what is made of it
 * keeps. Thread-safe: the lanes call it.
 */
final class SliceItems {

    /** Longest key of a derived item, in bytes. */
    private static final int MAX_KEY_BYTES = 64 * 1024;

    private final String nameBefore;
    private final String lastName;
    private final Codec codec;
    private final LargeValues values;
    private final @Nullable Claims claims;
    private final int maxItemBytes;
    private final BlackBox box;
    private final boolean traced;
    private final int planWorks;

    /** Places of the slice's works in the plan. */
    private final List<Integer> works;

    /** {@code claims}: memory that is shared with the coordinator, or null. */
    SliceItems(
            WorkerSlice slice, Codec codec, @Nullable Claims claims, int maxItemBytes, BlackBox box, boolean traced) {
        this.nameBefore = slice.nameBefore();
        this.lastName = slice.lastName();
        this.codec = codec;
        this.values = new LargeValues(codec);
        this.claims = claims;
        this.maxItemBytes = maxItemBytes;
        this.box = box;
        this.traced = traced;
        this.planWorks = slice.plan().works().size();
        this.works = slice.works();
    }

    /**
     * An item that came in; one that cannot be decoded has failed.
     *
     * @throws ProtocolException if it lies in shared memory that is gone
     */
    Item decoded(Items.Entry entry) {
        String key = entry.key();
        long number = entry.sequence();
        box.enter(number);
        Item item = item(entry, key, number);
        return traced ? item.withTrace(new Trace(planWorks)) : item;
    }

    private Item item(Items.Entry entry, String key, long number) {
        try {
            return entry.kind() == OutcomeKind.DONE
                    ? Item.of(key, number, values.decode(entry.payload(), entry.large(), claims))
                    : new Item(key, number, null, EndedCodec.decode(entry.kind(), entry.payload(), key, number));
        } catch (ProtocolException e) { // there is no memory where the value should lie, which is not the item's fault
            box.leave(number);
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // the user's codec
            return new Item(key, number, null, new Outcome.Failed<>(key, number, nameBefore, e));
        } finally {
            if (entry.large() instanceof Claim claim && claims != null) {
                claims.reader().release(claim);
            }
        }
    }

    /** What becomes of an item that all works are done with; a value that cannot be encoded makes it fail. */
    Outcomes.Entry encoded(Item item) {
        OutcomeTrace trace = trace(item);
        Outcomes.Entry entry = trace == null ? entry(item) : entry(item).traced(trace);
        if (!entry.derived()) {
            box.leave(item.index());
        }
        return entry;
    }

    private @Nullable OutcomeTrace trace(Item item) {
        Trace trace = item.trace();
        if (trace == null) {
            return null;
        }
        ItemTrace soFar = trace.soFar();
        List<OutcomeTrace.Spent> spent = new ArrayList<>(works.size());
        for (int place = 0; place < works.size(); place++) {
            long nanos = soFar.nanos()[works.get(place)];
            if (nanos > 0) {
                spent.add(new OutcomeTrace.Spent(place, nanos));
            }
        }
        return new OutcomeTrace(soFar.startedMicros(), soFar.attempts(), spent);
    }

    private Outcomes.Entry entry(Item item) {
        String key = item.derived() ? item.key() : "";
        if (tooLong(key)) {
            PayloadException refused = new PayloadException("a derived key is longer than the " + MAX_KEY_BYTES
                    + " bytes that may cross from a worker, and was cut: make the key function shorter");
            return ended(item, key.substring(0, MAX_KEY_BYTES / 4), new Outcome.Failed<>(key, 0, lastName, refused));
        }
        Outcome<Object> ended = item.ended();
        if (ended != null) {
            return ended(item, key, ended);
        }
        try {
            Encoded body = checked(
                            "the value of item '", item.key(), values.encode(Objects.requireNonNull(item.value())))
                    .claimed(claims);
            return new Outcomes.Entry(item.index(), key, OutcomeKind.DONE, body.bytes(), null, body.large());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // the user's codec
            return ended(item, key, new Outcome.Failed<>(item.key(), item.index(), lastName, e));
        }
    }

    /**
     * An accumulator as bytes.
     *
     * @throws TopologyException that names the aggregate, if it cannot cross
     */
    byte[] accumulator(String aggregate, Object accumulator) {
        try {
            byte[] bytes = codec.encode(accumulator);
            checked("the accumulator of '", aggregate, new Encoded(bytes, null));
            return bytes;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // the user's codec
            throw new TopologyException("aggregate '" + aggregate + "': " + e.getMessage(), e);
        }
    }

    private Encoded checked(String what, String name, Encoded body) {
        if (body.length() > maxItemBytes) {
            throw new PayloadException(what + name + "' is " + body.length() + " bytes long when encoded: at most "
                    + maxItemBytes + " may cross from a worker; raise maxItemBytes, or write the value to a "
                    + "file in the last work and return its path");
        }
        return body;
    }

    private static Outcomes.Entry ended(Item item, String key, Outcome<?> how) {
        return new Outcomes.Entry(item.index(), key, EndedCodec.kind(how), EndedCodec.encode(how));
    }

    private static boolean tooLong(String key) {
        return key.length() > MAX_KEY_BYTES / 4 && key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES;
    }
}
