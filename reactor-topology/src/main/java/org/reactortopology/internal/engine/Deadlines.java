package org.reactortopology.internal.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Deadline;
import org.reactortopology.Work;

/** The deadlines that a work has; at least one. */
record Deadlines(@Nullable Duration total, @Nullable Duration silence) {

    /** Those of the work; null if it has none. */
    static @Nullable Deadlines of(Work<?, ?> work) {
        return work.timeout().isEmpty() && work.silence().isEmpty()
                ? null
                : new Deadlines(work.timeout().orElse(null), work.silence().orElse(null));
    }

    /** How long that one is; for ever if there is none or its nanoseconds cannot be counted. */
    long nanos(Deadline which) {
        Duration limit = limit(which);
        if (limit == null) {
            return Long.MAX_VALUE;
        }
        try {
            return limit.toNanos();
        } catch (ArithmeticException e) { // nearly 300 years
            return Long.MAX_VALUE;
        }
    }

    @Nullable
    Duration limit(Deadline which) {
        return which == Deadline.TOTAL ? total : silence;
    }
}
