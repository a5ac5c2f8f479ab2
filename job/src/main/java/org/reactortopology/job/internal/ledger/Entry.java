package org.reactortopology.job.internal.ledger;

import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.spi.ItemTrace;

/**
 * What is recorded of one key.
 *
 * @param trace null if nothing is known of its way
 * @param value what is kept of it, encoded; null for nothing
 * @param failure JSON of the column of that name; null unless it is a failure
 */
public record Entry(
        Outcome<?> outcome,
        @Nullable ItemTrace trace,
        byte @Nullable [] value,
        @Nullable String failure) {

    /** Whether it was made of other items; those of which nothing is known were not run, so they are of the source. */
    public boolean derived() {
        return trace != null && trace.derived();
    }

    /** How often the item was begun in this run. */
    public int attempts() {
        if (trace != null) {
            return trace.attempts();
        }
        return outcome instanceof Outcome.Crashed<?> crashed ? crashed.attempts() : 1;
    }
}
