package org.reactortopology.job.internal.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactortopology.job.ItemState;
import org.reactortopology.spi.ItemTrace;

/** The one writer of a ledger. Used by one thread at a time. */
public final class LedgerWriter implements AutoCloseable {

    /** A key that comes twice in a run keeps its value if the second one has none, such as one that a work left out. */
    private static final String VALUE = "CASE WHEN excluded.state < 10 THEN"
            + " coalesce(excluded.value, CASE WHEN run = excluded.run THEN value END) END";

    /** Attempts add up over runs; all else is of the latest outcome. */
    private static final String PUT =
            "INSERT INTO item(key, idx, state, run, attempts, worker, started_micros, took_micros, works_micros,"
                    + " ended, failure_json, value, derived) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(key) DO UPDATE SET"
                    + " idx = excluded.idx, state = excluded.state, run = excluded.run,"
                    + " attempts = attempts + excluded.attempts, worker = excluded.worker,"
                    + " started_micros = excluded.started_micros, took_micros = excluded.took_micros,"
                    + " works_micros = excluded.works_micros, ended = excluded.ended,"
                    + " failure_json = excluded.failure_json, value = " + VALUE + ", derived = excluded.derived";

    private static final long NANOS_PER_MICRO = 1000;
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final JobFiles files;
    private final Connection connection;
    private final PreparedStatement put;

    /** What the file is to the file system; null where it does not say. */
    private final @Nullable Object identity;

    private final @Nullable Object logIdentity;
    private final StringBuilder micros = new StringBuilder();
    private long checkedNanos = System.nanoTime();

    private LedgerWriter(JobFiles files, Connection connection) throws SQLException, IOException {
        this.files = files;
        this.connection = connection;
        this.put = connection.prepareStatement(PUT);
        this.identity = identityOf(files.ledger());
        this.logIdentity = identityOf(files.writeAhead());
    }

    /** Writes to an open ledger, of which something has been read or written, so that the log beside it is there. */
    public static LedgerWriter of(JobFiles files, Connection connection) throws SQLException, IOException {
        return new LedgerWriter(files, connection);
    }

    /** The connection, for what is written beside the items. */
    public Connection connection() {
        return connection;
    }

    /**
     * Writes the entries in one transaction; they are on the disk when this returns.
     *
     * @param run number of the run
     * @param now the end of all of them, in milliseconds since 1970
     * @throws SQLException if the database cannot be written; nothing of it then is
     * @throws VanishedException if the file has been removed or replaced
     */
    public void write(List<Entry> entries, int run, long now) throws SQLException, IOException {
        checkNowAndThen();
        try {
            for (Entry entry : entries) {
                put(entry, run, now);
            }
            connection.commit();
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        }
    }

    /** As {@link #write}, of something else. */
    public void write(Change change) throws SQLException, IOException {
        checkNowAndThen();
        try {
            change.on(connection);
            connection.commit();
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        }
    }

    /** Something that is written beside items. */
    @FunctionalInterface
    public interface Change {
        /** Makes the change; it is committed afterwards. */
        void on(Connection connection) throws SQLException;
    }

    /**
     * Finds out whether the file is still there: SQLite goes on writing into one that was removed, without an error.
     *
     * @throws VanishedException if it is not
     */
    public void check() throws IOException {
        for (Path file : List.of(files.ledger(), files.writeAhead())) {
            Object was = file.equals(files.ledger()) ? identity : logIdentity;
            if (!Files.exists(file)) {
                throw new VanishedException("has been removed while it was written: its file '" + file + "' is gone");
            }
            if (!Objects.equals(was, identityOf(file))) {
                throw new VanishedException(
                        "has been replaced while it was written: '" + file + "' is another file now");
            }
        }
        checkedNanos = System.nanoTime(); // not after a failure, so that every later write finds it, too
    }

    private void checkNowAndThen() throws IOException {
        if (System.nanoTime() - checkedNanos > CHECK_NANOS) {
            check();
        }
    }

    private static @Nullable Object identityOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private void put(Entry entry, int run, long now) throws SQLException {
        put.setString(1, entry.outcome().key());
        put.setLong(2, entry.outcome().index());
        put.setInt(3, ItemState.of(entry.outcome()).code());
        put.setInt(4, run);
        put.setInt(5, entry.attempts());
        putTrace(entry.trace());
        put.setLong(10, now);
        put.setString(11, entry.failure());
        put.setBytes(12, entry.value());
        put.setBoolean(13, entry.derived());
        put.executeUpdate();
    }

    private void putTrace(@Nullable ItemTrace trace) throws SQLException {
        if (trace == null || trace.worker() < 0) {
            put.setNull(6, Types.INTEGER);
        } else {
            put.setInt(6, trace.worker());
        }
        if (trace == null || trace.startedMicros() == 0) {
            put.setNull(7, Types.INTEGER);
            put.setNull(8, Types.INTEGER);
            put.setNull(9, Types.VARCHAR);
        } else {
            put.setLong(7, trace.startedMicros());
            put.setLong(8, micros(trace.nanos()));
            put.setString(9, micros.toString());
        }
    }

    /** Puts the time of each work into {@code micros}, and gives the sum. */
    private long micros(long[] nanos) {
        micros.setLength(0);
        long sum = 0;
        for (int i = 0; i < nanos.length; i++) {
            if (i > 0) {
                micros.append(',');
            }
            if (nanos[i] > 0) {
                micros.append(nanos[i] / NANOS_PER_MICRO);
            }
            sum += nanos[i];
        }
        return sum / NANOS_PER_MICRO;
    }

    private void rollBack(SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) { // the cause says more
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            put.close();
            connection.rollback(); // nothing waits that was not committed, but the next one may be open
        }
    }

    /** The file is not what it was. */
    public static final class VanishedException extends IOException {

        private static final long serialVersionUID = 1L;

        VanishedException(String message) {
            super(message);
        }
    }
}
