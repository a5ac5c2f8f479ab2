package org.reactortopology.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;

/**
 * One element of the source on its way: a key, its index in the source, and either the value so far or the outcome that ended it early.
 *
 * @param value null if and only if {@code ended} is not
 * @param ended how the item ended before its last work; works pass such an item on untouched
 */
public record Item(
        String key,
        long index,
        @Nullable Object value,
        @Nullable Outcome<Object> ended) {

    /** Checks the rule above. */
    public Item {
        if ((value == null) == (ended == null)) {
            throw new IllegalArgumentException("item '" + key + "' must have either a value or an outcome");
        }
    }

    /** An item fresh from the source. */
    public static Item of(String key, long index, Object value) {
        return new Item(key, index, Objects.requireNonNull(value, "value"), null);
    }

    /** The same item with the value that a work returned. */
    public Item withValue(Object next) {
        return new Item(key, index, next, null);
    }

    /** The same item, failed in that work. */
    public Item failed(String work, Throwable cause) {
        return new Item(key, index, null, new Outcome.Failed<>(key, index, work, cause));
    }

    /** How the item ended, given that all works are behind it. */
    public Outcome<Object> outcome() {
        if (ended != null) {
            return ended;
        }
        return new Outcome.Done<>(key, index, Objects.requireNonNull(value));
    }
}
