package org.reactortopology.internal.lane;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a buffer may hold: at most {@code items} items, whose weights add up to at most {@code weight}. One item that is heavier than
 * {@code weight} is let in alone. Without a weigher, {@code weight} is {@link Long#MAX_VALUE}.
 *
 * @param items at least 1
 * @param weight at least 1, in whatever unit the weigher counts
 * @param weigher called once for each item, on the thread that brings it; an exception or a negative weight ends the flux with an error
 */
public record Bound<A>(int items, long weight, @Nullable ToLongFunction<? super A> weigher) {

    /** Refuses bounds that let nothing in, and a weight without a weigher. */
    public Bound {
        if (items < 1) {
            throw new IllegalArgumentException("a buffer of " + items + " items lets nothing in: give at least 1");
        }
        if (weight < 1) {
            throw new IllegalArgumentException("a buffer of weight " + weight + " lets nothing in: give at least 1");
        }
        if ((weigher == null) != (weight == Long.MAX_VALUE)) {
            throw new IllegalArgumentException("a bound of weight " + weight
                    + (weigher == null ? " needs a weigher" : " needs no weigher: give a smaller weight"));
        }
    }

    /** A bound on the number of items only. */
    public static <A> Bound<A> items(int items) {
        return new Bound<>(items, Long.MAX_VALUE, null);
    }
}
