package org.reactortopology;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * A snapshot of a run's counts.
 *
 * @param total items in the source, if it knows
 * @param taken items taken from the source so far
 * @param done outcomes with a value, and items that ended well without one ({@link Outcome.Consumed})
 * @param failed outcomes that are a failure of any kind
 * @param skipped outcomes of items that were not run on purpose
 * @param derived of these outcomes, those of items that were made of others and did not come from the source
 * @param elapsed time since the run started
 */
public record Progress(
        OptionalLong total, long taken, long done, long failed, long skipped, long derived, Duration elapsed) {

    /** A snapshot of a topology whose works keep the items one to one. */
    public Progress(OptionalLong total, long taken, long done, long failed, long skipped, Duration elapsed) {
        this(total, taken, done, failed, skipped, 0, elapsed);
    }

    /** Items of the source that have their outcome; with {@link #total} this says how far the run is. */
    public long endedOfSource() {
        return ended() - derived;
    }

    /** Outcomes of all kinds. */
    public long ended() {
        return done + failed + skipped;
    }
}
