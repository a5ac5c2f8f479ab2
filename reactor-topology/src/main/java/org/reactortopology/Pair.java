package org.reactortopology;

import java.util.Objects;

/** Two neighbours of a series. */
public record Pair<T>(T first, T second) {
    /** Checks that both are there. */
    public Pair {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
    }
}
