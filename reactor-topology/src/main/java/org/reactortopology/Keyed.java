package org.reactortopology;

import java.util.Objects;

/**
 * A value with the key of its item.
 *
 * @param key the item's key
 * @param value never null
 */
public record Keyed<T>(String key, T value) {
    /** Checks that both are there. */
    public Keyed {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }

    /** The same key with another value. */
    public <R> Keyed<R> with(R next) {
        return new Keyed<>(key, next);
    }
}
