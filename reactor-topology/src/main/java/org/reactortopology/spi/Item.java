package org.reactortopology.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;

/**
 * One item on its way: a key, its index in the source, and either the value so far or the outcome that ended it early.
 *
 * @param value null if and only if {@code ended} is not
 * @param ended how the item ended before its last work; works pass such an item on untouched
 * @param lineage what belongs to the same key; null where every item stays one
 * @param trace what it has gone through; null where nobody asks, or it is not run
 */
public record Item(
        String key,
        long index,
        @Nullable Object value,
        @Nullable Outcome<Object> ended,
        @Nullable Lineage lineage,
        @Nullable Trace trace) {

    /** Checks the rule above. */
    public Item {
        if ((value == null) == (ended == null)) {
            throw new IllegalArgumentException("item '" + key + "' must have either a value or an outcome");
        }
    }

    /** An item that is not traced. */
    public Item(
            String key,
            long index,
            @Nullable Object value,
            @Nullable Outcome<Object> ended,
            @Nullable Lineage lineage) {
        this(key, index, value, ended, lineage, null);
    }

    /** An item of which there is one part. */
    public Item(String key, long index, @Nullable Object value, @Nullable Outcome<Object> ended) {
        this(key, index, value, ended, null);
    }

    /** An item fresh from the source. */
    public static Item of(String key, long index, Object value) {
        return new Item(key, index, Objects.requireNonNull(value, "value"), null, null);
    }

    /** Whether it did not come from the source but was made of other items. */
    public boolean derived() {
        return lineage != null && lineage.derived();
    }

    /** The same item with the value that a work returned. */
    public Item withValue(Object next) {
        return next == value ? this : new Item(key, index, next, null, lineage, trace);
    }

    /** The same item with that lineage. */
    public Item withLineage(Lineage of) {
        return new Item(key, index, value, ended, of, trace);
    }

    /** The same item with that trace. */
    public Item withTrace(@Nullable Trace of) {
        return new Item(key, index, value, ended, lineage, of);
    }

    /** The same item, ended so. */
    public Item ended(Outcome<Object> how) {
        return new Item(key, index, null, how, lineage, trace);
    }

    /** The same item, failed in that work. */
    public Item failed(String work, Throwable cause) {
        return ended(new Outcome.Failed<>(key, index, work, cause));
    }

    /** The same item, skipped for that reason. */
    public Item skipped(String reason) {
        return ended(new Outcome.Skipped<>(key, index, reason));
    }

    /** The same item, taken by that part of the graph. */
    public Item consumed(String by) {
        return ended(new Outcome.Consumed<>(key, index, by, 0));
    }

    /** How the item ended, given that all works are behind it. */
    public Outcome<Object> outcome() {
        if (ended != null) {
            return ended;
        }
        return new Outcome.Done<>(key, index, Objects.requireNonNull(value));
    }
}
