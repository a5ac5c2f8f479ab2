package org.reactortopology.job.internal.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The rows of a run that are written each second: what is so now, and how it was, thinner and thinner the longer the run takes. */
public final class Samples {

    private static final int MOST = 4096;

    private final int run;
    private final int most;

    /** Every so many seconds one is kept. */
    private int interval = 1;

    private int offered;
    private int kept;

    /** Of that run. */
    public Samples(int run) {
        this(run, MOST);
    }

    Samples(int run, int most) {
        this.run = run;
        this.most = most;
    }

    /** How the run stood at one moment; the names are those of the columns. */
    public record Sample(
            long at,
            long taken,
            long ended,
            long failures,
            long derived,
            long heapBytes,
            long memoryBytes,
            long busy,
            int workers) {}

    /** Adds a sample, if its turn has come, and replaces the live row. */
    public void write(Connection connection, Sample sample, String progress) throws SQLException {
        if (offered++ % interval == 0) {
            insert(connection, sample);
            if (++kept == most) {
                thin(connection);
            }
        }
        try (PreparedStatement live = connection.prepareStatement(
                "INSERT OR REPLACE INTO live(id, run, at, progress_json) VALUES(1, ?, ?, ?)")) {
            live.setInt(1, run);
            live.setLong(2, sample.at());
            live.setString(3, progress);
            live.executeUpdate();
        }
    }

    private void insert(Connection connection, Sample sample) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT OR REPLACE INTO sample(run, at, taken,"
                + " ended, failures, derived, heap_bytes, memory_bytes, busy, workers) VALUES(?,?,?,?,?,?,?,?,?,?)")) {
            insert.setInt(1, run);
            insert.setLong(2, sample.at());
            insert.setLong(3, sample.taken());
            insert.setLong(4, sample.ended());
            insert.setLong(5, sample.failures());
            insert.setLong(6, sample.derived());
            insert.setLong(7, sample.heapBytes());
            insert.setLong(8, sample.memoryBytes());
            insert.setLong(9, sample.busy());
            insert.setInt(10, sample.workers());
            insert.executeUpdate();
        }
    }

    private void thin(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM sample WHERE run = ? AND at IN"
                + " (SELECT at FROM (SELECT at, row_number() OVER (ORDER BY at) AS nth FROM sample WHERE run = ?)"
                + " WHERE nth % 2 = 0)")) {
            delete.setInt(1, run);
            delete.setInt(2, run);
            delete.executeUpdate();
        }
        kept = (kept + 1) / 2;
        offered = interval + 1; // the last one was dropped: the next is due where it would have been before
        interval *= 2;
    }
}
