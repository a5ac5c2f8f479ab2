package org.reactortopology.job.internal.reading;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.reactortopology.job.JobException;

/**
 * A run of the ledger.
 *
 * @param state as recorded: {@code RUNNING} also of a run that was killed
 * @param factory class name; empty without an origin
 */
public record RecordedRun(
        int number,
        String mode,
        String state,
        Instant started,
        Optional<Instant> ended,
        String topology,
        String plan,
        String mermaid,
        List<String> works,
        Optional<String> factory,
        Optional<String> params,
        String executor,
        Json machine,
        OptionalLong total,
        Json counts,
        Json report,
        Optional<String> error) {

    private static final String COLUMNS =
            "SELECT number, mode, state, started, ended, topology, plan, mermaid, works_json,"
                    + " factory, params_json, executor, machine_json, total, counts_json, report_json, error FROM run ";

    /** Copies the list. */
    public RecordedRun {
        works = List.copyOf(works);
    }

    /** The runs, the first one first. */
    public static List<RecordedRun> all(LedgerReader ledger) {
        return ledger.all(COLUMNS + "ORDER BY number", RecordedRun::read);
    }

    /**
     * The latest run.
     *
     * @throws JobException if there is none
     */
    public static RecordedRun latest(LedgerReader ledger) {
        return ledger.one(COLUMNS + "ORDER BY number DESC LIMIT 1", RecordedRun::read)
                .orElseThrow(() -> noRun(ledger.directory()));
    }

    static JobException noRun(Path directory) {
        return new JobException("the job in '" + directory
                + "' has no run yet: its process died before the first one began; begin it by the topology (JobMode.RESUME; run FACTORY --job DIR"
                + " --mode resume)");
    }

    private static RecordedRun read(ResultSet row) throws SQLException {
        return new RecordedRun(
                row.getInt("number"),
                row.getString("mode"),
                row.getString("state"),
                Instant.ofEpochMilli(row.getLong("started")),
                number(row, "ended").stream().mapToObj(Instant::ofEpochMilli).findFirst(),
                row.getString("topology"),
                row.getString("plan"),
                row.getString("mermaid"),
                Json.of(row.getString("works_json")).texts(),
                Optional.ofNullable(row.getString("factory")),
                Optional.ofNullable(row.getString("params_json")),
                row.getString("executor"),
                Json.of(row.getString("machine_json")),
                number(row, "total"),
                Json.of(row.getString("counts_json")),
                Json.of(row.getString("report_json")),
                Optional.ofNullable(row.getString("error")));
    }

    static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** {@code pid N on HOST} of its process. */
    public String owner() {
        return "pid " + machine.text("pid").orElse("?") + " on "
                + machine.text("host").orElse("?");
    }
}
