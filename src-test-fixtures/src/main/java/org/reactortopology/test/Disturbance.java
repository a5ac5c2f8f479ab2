package org.reactortopology.test;

import java.time.Duration;
import java.util.Objects;

/**
 * What is done to workers from outside, again and again.
 *
 * @param mean of the waiting times, which are distributed exponentially
 * @param howLong a freeze lasts
 */
record Disturbance(Kind kind, Duration mean, Duration howLong) {

    /** What is done. */
    enum Kind {
        KILL,
        FREEZE,
        GARBAGE
    }

    /** Checks the times. */
    Disturbance {
        Objects.requireNonNull(kind, "kind");
        if (mean.toNanos() <= 0) {
            throw new IllegalArgumentException("the mean time is " + mean + ": it must be positive");
        }
        if (howLong.isNegative()) {
            throw new IllegalArgumentException("a freeze of " + howLong + " is negative");
        }
    }
}
