package org.reactortopology.job.internal.reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactortopology.job.JobException;
import org.reactortopology.job.internal.ledger.JobFiles;
import org.reactortopology.job.internal.ledger.LedgerFile;
import org.reactortopology.job.internal.ledger.NativeLibrary;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * A connection that only reads, also beside a process that writes and after its death. What it reads is one state of the ledger, as it was at the first query, however many outcomes are recorded meanwhile.
 * For one thread; to be closed soon, since the log of the database cannot be cut while it is open.
 */
public final class LedgerReader implements AutoCloseable {

    private static final String FILE = "ledger.db";

    /** How long a writer that holds the whole file, as at a checkpoint of its end, is waited for. */
    private static final int BUSY_MILLIS = 10_000;

    private final Path directory;
    private final Connection connection;
    private final @Nullable Path copy;

    private LedgerReader(Path directory, Connection connection, @Nullable Path copy) {
        this.directory = directory;
        this.connection = connection;
        this.copy = copy;
    }

    /**
     * Reads from the ledger of a job directory. Where no process has it open, nothing is made beside it; if one opens it meanwhile, what was read is
     * thrown away and read again.
     *
     * @param reading may be called twice
     * @throws JobException if there is no job, or it cannot be read
     */
    public static <T> T read(Path directory, Function<LedgerReader, T> reading) {
        Path file = new JobFiles(directory).ledger();
        if (!Files.exists(file)) {
            String seen = Files.isDirectory(directory) ? "has no " + FILE + " in it" : "does not exist";
            throw new JobException("there is no job in '" + directory + "', which " + seen
                    + ": name the directory of a job, or begin one there (Job.in(directory).on(executor).run(topology);"
                    + " run FACTORY --job DIR)");
        }
        Optional<Rest> rest = Rest.of(directory);
        if (rest.isPresent()) {
            try (LedgerReader ledger = open(directory, file, null, true)) {
                T result = reading.apply(ledger);
                if (rest.equals(Rest.of(directory))) {
                    return result;
                }
            } catch (SQLException | JobException e) {
                if (rest.equals(Rest.of(directory))) {
                    throw e instanceof JobException known ? known : unreadable(directory, (SQLException) e);
                }
            }
        }
        try (LedgerReader ledger = openBesideWriter(directory, file)) {
            return reading.apply(ledger);
        }
    }

    /** A database that nobody has open: it has no log beside it, which every process makes first. */
    private record Rest(long size, FileTime modified) {

        static Optional<Rest> of(Path directory) {
            JobFiles files = new JobFiles(directory);
            try {
                Rest rest = new Rest(Files.size(files.ledger()), Files.getLastModifiedTime(files.ledger()));
                return Files.exists(files.writeAhead()) ? Optional.empty() : Optional.of(rest);
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    private static LedgerReader openBesideWriter(Path directory, Path file) {
        try {
            return open(directory, file, null, false);
        } catch (SQLException e) {
            return openCopy(directory, file, e, Path.of(System.getProperty("java.io.tmpdir")));
        }
    }

    /** The rights to read the log in are missing: that is done in a copy. */
    static LedgerReader openCopy(Path directory, Path file, SQLException reason, Path parent) {
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(reason.getErrorCode() & 0xff);
        boolean mayBeRights = code == SQLiteErrorCode.SQLITE_CANTOPEN || code == SQLiteErrorCode.SQLITE_READONLY;
        if (!mayBeRights || !Files.isReadable(file)) {
            throw unreadable(directory, reason);
        }
        Path copied = null;
        boolean open = false;
        try {
            copied = Files.createTempDirectory(parent, "ledger");
            Files.copy(file, copied.resolve(FILE));
            Files.copy(file.resolveSibling(FILE + "-wal"), copied.resolve(FILE + "-wal"));
            LedgerReader reader = open(directory, copied.resolve(FILE), copied, false);
            open = true;
            return reader;
        } catch (SQLException e) {
            throw unreadable(directory, e);
        } catch (IOException e) {
            throw new JobException("the ledger of '" + directory + "' cannot be copied to be read: " + e, e);
        } finally {
            if (!open && copied != null) {
                remove(copied);
            }
        }
    }

    private static LedgerReader open(Path directory, Path file, @Nullable Path copy, boolean immutable)
            throws SQLException {
        NativeLibrary.keep();
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        String name = "file:" + file.toAbsolutePath().toUri().getRawPath() + (immutable ? "?immutable=1" : "");
        LedgerReader reader = new LedgerReader(directory, config.createConnection("jdbc:sqlite:" + name), copy);
        try {
            reader.connection.setAutoCommit(false);
            reader.checkVersion();
            return reader;
        } catch (SQLException | RuntimeException e) {
            try (reader) {
                throw e;
            }
        }
    }

    private void checkVersion() throws SQLException {
        LedgerFile.check(LedgerFile.version(connection), new JobFiles(directory).ledger());
        if (LedgerFile.version(connection) == 0) {
            throw new JobException("the ledger of '" + directory
                    + "' was not finished when its process died: nothing was run, so begin it by the topology (JobMode.RESUME; run FACTORY"
                    + " --job DIR --mode resume)");
        }
    }

    /** The job directory. */
    public Path directory() {
        return directory;
    }

    /** Turns a row into something. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Is given each row. */
    @FunctionalInterface
    public interface EachRow {
        void read(ResultSet row) throws SQLException;
    }

    /** The first row of a query. */
    public <T> Optional<T> one(String sql, Row<T> row, Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw unreadable(directory, e);
        }
    }

    /** All rows of a query that gives few. */
    public <T> List<T> all(String sql, Row<T> row, Object... arguments) {
        List<T> all = new ArrayList<>();
        each(sql, rows -> all.add(row.read(rows)), arguments);
        return all;
    }

    /** Each row of a query, one after the other; none is kept. */
    public void each(String sql, EachRow action, Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                action.read(rows);
            }
        } catch (SQLException e) {
            throw unreadable(directory, e);
        }
    }

    private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    /** What is done with the connection itself. */
    @FunctionalInterface
    public interface Use<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Lets what the writer shares with readers read by this connection. */
    public <T> T with(Use<T> use) {
        try {
            return use.with(connection);
        } catch (SQLException e) {
            throw unreadable(directory, e);
        }
    }

    private static JobException unreadable(Path directory, SQLException cause) {
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(cause.getErrorCode() & 0xff);
        String fix = switch (code) {
            case SQLITE_NOTADB, SQLITE_CORRUPT ->
                "it is no ledger or is damaged; restore it from a copy, or begin in another directory";
            case SQLITE_BUSY, SQLITE_LOCKED -> "another process holds it; try again";
            default -> "see that this user may read the directory and its files";
        };
        return new JobException(
                "the ledger '" + directory.resolve(FILE) + "' cannot be read (" + cause.getMessage() + "): " + fix,
                cause);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw unreadable(directory, e);
        } finally {
            if (copy != null) {
                remove(copy);
            }
        }
    }

    private static void remove(Path copy) {
        try {
            for (String name : List.of(FILE + "-shm", FILE + "-wal", FILE, "")) {
                Files.deleteIfExists(copy.resolve(name));
            }
        } catch (IOException e) {
            throw new JobException("the copy '" + copy + "' of a ledger cannot be removed: " + e, e);
        }
    }
}
