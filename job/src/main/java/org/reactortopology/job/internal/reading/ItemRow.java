package org.reactortopology.job.internal.reading;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.JobFailure;
import org.reactortopology.job.internal.ledger.JobFiles;
import org.reactortopology.job.internal.ledger.RunRow;

/**
 * An outcome of the ledger.
 *
 * @param tookMicros time inside works, summed; empty if none was called
 * @param worksMicros that time for each work of its run, as the ledger writes it
 */
public record ItemRow(
        String key,
        long index,
        ItemState state,
        int run,
        int attempts,
        OptionalInt worker,
        OptionalLong tookMicros,
        @Nullable String worksMicros,
        Instant ended,
        Json failure) {

    private static final String COLUMNS =
            "SELECT key, idx, state, run, attempts, worker, took_micros, works_micros, ended,"
                    + " failure_json FROM item ";

    /** The outcome of a key. */
    public static Optional<ItemRow> of(LedgerReader ledger, String key) {
        return ledger.one(COLUMNS + "WHERE key = ?", ItemRow::read, key);
    }

    /** The outcome of a row. */
    public static Optional<ItemRow> at(LedgerReader ledger, long id) {
        return ledger.one(COLUMNS + "WHERE id = ?", ItemRow::read, id);
    }

    /** The failures that count, in the order of the source, so many at most. */
    public static List<JobFailure> failures(LedgerReader ledger, int most) {
        JobFiles files = new JobFiles(ledger.directory());
        return ledger.all(
                COLUMNS + "WHERE state >= 10 AND run >= ? ORDER BY idx, key LIMIT ?",
                row -> read(row).asFailure(files),
                ledger.with(RunRow::countsFrom),
                most);
    }

    private static ItemRow read(ResultSet row) throws SQLException {
        OptionalLong worker = RecordedRun.number(row, "worker");
        return new ItemRow(
                row.getString("key"),
                row.getLong("idx"),
                ItemState.of(row.getInt("state")),
                row.getInt("run"),
                row.getInt("attempts"),
                worker.isPresent() ? OptionalInt.of((int) worker.getAsLong()) : OptionalInt.empty(),
                RecordedRun.number(row, "took_micros"),
                row.getString("works_micros"),
                Instant.ofEpochMilli(row.getLong("ended")),
                Json.of(row.getString("failure_json")));
    }

    /** It as a failure; its file only if it is there. */
    JobFailure asFailure(JobFiles files) {
        return new JobFailure(
                key,
                index,
                state,
                failure.textOrEmpty("work"),
                failure.text("type").orElse(state.name()),
                failure.text("message").or(() -> failure.text("reason")).orElse(""),
                attempts,
                run,
                ended,
                file(files));
    }

    private Optional<Path> file(JobFiles files) {
        return failure.text("file")
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .map(Path::getFileName)
                .map(files.failures()::resolve)
                .filter(Files::exists);
    }

    /** The times of {@code works_micros}, one for each work; -1 for those that were not called. */
    public static List<Long> micros(@Nullable String text) {
        List<Long> micros = new ArrayList<>();
        if (text != null && !text.isEmpty()) {
            for (String each : text.split(",", -1)) {
                micros.add(each.isEmpty() ? -1 : Long.parseLong(each));
            }
        }
        return micros;
    }
}
