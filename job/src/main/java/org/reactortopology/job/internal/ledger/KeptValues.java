package org.reactortopology.job.internal.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.JobException;

/** Reads the values that are kept of settled keys, one at a time, by a connection of its own that is opened when the first is asked for. Any thread. */
public final class KeptValues implements AutoCloseable {

    private final Path file;

    /** Guards all below: for the time of one query by a unique key. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Connection connection;
    private @Nullable PreparedStatement query;
    private boolean closed;

    /** Of the ledger in that file. */
    public KeptValues(Path file) {
        this.file = file;
    }

    /**
     * What is kept of a key, encoded; null if the topology left it out, or the key is not settled, or the run is over.
     *
     * @throws JobException if the key is done, but nothing is kept of it
     */
    public byte @Nullable [] of(String key) throws SQLException {
        lock.lock();
        try {
            if (closed) {
                return null;
            }
            PreparedStatement statement = query();
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? value(key, row) : null;
            }
        } finally {
            lock.unlock();
        }
    }

    private static byte @Nullable [] value(String key, ResultSet row) throws SQLException {
        byte[] value = row.getBytes(1);
        if (value == null && row.getInt(2) != ItemState.SKIPPED.code()) {
            throw new JobException(
                    "no value is kept for key '" + key
                            + "', which was done when keepValues() did not stand in the topology: run all again (JobMode.RECOMPUTE, --mode recompute)");
        }
        return value;
    }

    private PreparedStatement query() throws SQLException {
        PreparedStatement open = query;
        if (open == null) {
            Connection reading = LedgerFile.openForReading(file);
            connection = reading;
            open = reading.prepareStatement("SELECT value, state FROM item WHERE key = ? AND state < 10 AND run >= "
                    + RunRow.countsFrom(reading));
            query = open;
        }
        return open;
    }

    @Override
    public void close() throws SQLException {
        lock.lock();
        try {
            closed = true;
            if (connection != null) {
                connection.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
