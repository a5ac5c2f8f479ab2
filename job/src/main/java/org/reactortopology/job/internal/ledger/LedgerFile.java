package org.reactortopology.job.internal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.reactortopology.job.JobException;
import org.sqlite.SQLiteConfig;

/** Opens the database of a ledger. */
public final class LedgerFile {

    /** The version of the schema, which the database has as its {@code user_version}. */
    public static final int VERSION = 1;

    /** How long a statement waits for another process that has the database for itself. */
    static final int BUSY_MILLIS = 10_000;

    /** Native memory of the writer, so that the index of a million keys need not be read again and again. */
    private static final int CACHE_KIB = 32 * 1024;

    /** Pages in the write-ahead log before they are moved to the database: 16 MiB, so that a page that changes often is moved once. */
    private static final int CHECKPOINT_PAGES = 4096;

    static {
        NativeLibrary.keep();
    }

    private LedgerFile() {}

    /**
     * Opens the database for its one writer and makes the tables if it is new. Changes are made by {@link Connection#commit}, which returns when they are
     * on the disk.
     *
     * @throws JobException if a newer version wrote it
     */
    public static Connection openForWriting(Path file) throws SQLException {
        return openForWriting(file, 0);
    }

    /** As {@link #openForWriting(Path)}, with room for so many pages of 4 KiB only; 0 for what the disk has. */
    public static Connection openForWriting(Path file, int mostPages) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
        if (mostPages > 0) {
            config.setMaxPageCount(mostPages);
        }
        Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
        try {
            connection.setAutoCommit(false);
            prepare(connection, file);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens the database beside its writer, for a few values. */
    static Connection openForReading(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    /** The version of the schema; 0 of a database without tables. */
    public static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
            return rows.getInt(1);
        }
    }

    /**
     * Refuses a ledger of another version.
     *
     * @throws JobException if a newer version wrote it
     */
    public static void check(int version, Path file) {
        if (version > VERSION) {
            throw new JobException("the ledger '" + file + "' has version " + version
                    + " of the schema, but this is version " + VERSION
                    + ": use the version of reactor-topology that wrote it, or a later one");
        }
    }

    private static void prepare(Connection connection, Path file) throws SQLException {
        int version = version(connection);
        check(version, file);
        if (version == 0) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : schema()) {
                    statement.executeUpdate(sql);
                }
                statement.executeUpdate("PRAGMA user_version = " + VERSION);
            }
        }
        connection.commit();
    }

    private static String[] schema() {
        try (InputStream in = LedgerFile.class.getResourceAsStream("schema-" + VERSION + ".sql")) {
            String text = new String(Objects.requireNonNull(in, "schema").readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("--[^\n]*", "").strip().split(";\\s*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
