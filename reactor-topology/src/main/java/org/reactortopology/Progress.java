package org.reactortopology;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * A snapshot of a run's counts.
 *
 * @param total items in the source, if it knows
 * @param taken items taken from the source so far
 * @param done outcomes with a value
 * @param failed outcomes that are a failure of any kind
 * @param skipped outcomes of items that were not run on purpose
 * @param elapsed time since the run started
 */
public record Progress(OptionalLong total, long taken, long done, long failed, long skipped, Duration elapsed) {

    /** Outcomes of all kinds. */
    public long ended() {
        return done + failed + skipped;
    }
}
