package org.reactortopology.job.internal.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactortopology.job.JobMode;

/**
 * What the ledger has of a run that begins; the names are those of the columns.
 *
 * @param started in milliseconds since 1970
 */
public record RunRow(
        int number,
        String mode,
        String state,
        long started,
        Identity topology,
        String executor,
        String machine,
        @Nullable Long total) {

    /** The latest run, if there has been one. */
    public static Optional<RunRow> latest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT number, mode, state, started, topology, fingerprint,"
                        + " plan, mermaid, works_json, factory, params_json, executor, machine_json, total FROM run"
                        + " ORDER BY number DESC LIMIT 1")) {
            return row.next() ? Optional.of(of(row)) : Optional.empty();
        }
    }

    /**
     * The first run whose outcomes count: the latest in mode {@link JobMode#RECOMPUTE}, which began all again, whether it came to its end or not; 0 if
     * there has been none.
     */
    public static int countsFrom(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(max(number), 0) FROM run WHERE mode = '" + JobMode.Kind.RECOMPUTE + "'")) {
            return row.getInt(1);
        }
    }

    /** Whether there is a key that is settled and counts. */
    public static boolean hasSettled(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT 1 FROM item WHERE +state < 10 AND run >= " + countsFrom(connection) + " LIMIT 1")) {
            return rows.next();
        }
    }

    private static RunRow of(ResultSet row) throws SQLException {
        long items = row.getLong(14);
        @Nullable Long total = row.wasNull() ? null : items;
        return new RunRow(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                new Identity(
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        row.getString(11)),
                row.getString(12),
                row.getString(13),
                total);
    }

    /** Adds it. */
    public void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO run(number, mode, state, started, topology, fingerprint, plan, mermaid, works_json,"
                        + " factory, params_json, executor, machine_json, total) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
            insert.setInt(1, number);
            insert.setString(2, mode);
            insert.setString(3, state);
            insert.setLong(4, started);
            insert.setString(5, topology.name());
            insert.setString(6, topology.fingerprint());
            insert.setString(7, topology.plan());
            insert.setString(8, topology.mermaid());
            insert.setString(9, topology.works());
            insert.setString(10, topology.factory());
            insert.setString(11, topology.params());
            insert.setString(12, executor);
            insert.setString(13, machine);
            insert.setObject(14, total);
            insert.executeUpdate();
        }
    }

    /** What is added at the end of a run. */
    public record End(
            String state,
            long ended,
            @Nullable Long total,
            String counts,
            String report,
            @Nullable String error) {

        /** Writes it. */
        public void update(Connection connection, int number) throws SQLException {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE run SET state = ?, ended = ?, total = coalesce(?, total), counts_json = ?, report_json = ?,"
                            + " error = ? WHERE number = ?")) {
                update.setString(1, state);
                update.setLong(2, ended);
                update.setObject(3, total);
                update.setString(4, counts);
                update.setString(5, report);
                update.setString(6, error);
                update.setInt(7, number);
                update.executeUpdate();
            }
        }
    }
}
