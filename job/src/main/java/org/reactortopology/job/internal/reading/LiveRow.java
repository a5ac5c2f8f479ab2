package org.reactortopology.job.internal.reading;

import java.time.Instant;
import java.util.Optional;

/**
 * The last sign of life of a run.
 *
 * @param progress see the schema
 */
public record LiveRow(int run, Instant at, Json progress) {

    /** That of a run, if the row is of that run. */
    public static Optional<LiveRow> of(LedgerReader ledger, int run) {
        return ledger.one(
                "SELECT run, at, progress_json FROM live WHERE id = 1 AND run = ?",
                row -> new LiveRow(row.getInt(1), Instant.ofEpochMilli(row.getLong(2)), Json.of(row.getString(3))),
                run);
    }
}
