package org.reactortopology.job.internal.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactortopology.job.JobMode;

/** Which keys a run in some mode leaves out, as the ledger was before it. Any thread may ask, at any time. */
public final class Admission {

    /** Why a settled key is left out. */
    public static final String ALREADY_DONE = "already done";

    /** Why {@link JobMode#RETRY_FAILED} leaves a key out. */
    public static final String NOT_FAILED = "not failed before";

    /** Why {@link JobMode#only} leaves a key out. */
    public static final String NOT_ASKED_FOR = "not asked for";

    private final JobMode.Kind mode;
    private final Set<String> asked;
    private final KeyDigests keys;

    private Admission(JobMode mode, KeyDigests keys) {
        this.mode = mode.kind();
        this.asked = mode.keys();
        this.keys = keys;
    }

    /** What a run in that mode leaves out where there is no ledger yet. */
    public static Admission ofNothing(JobMode mode) {
        return new Admission(mode, new KeyDigests());
    }

    /** Reads the keys that the mode needs, about a million in a second. */
    public static Admission read(Connection ledger, JobMode mode) throws SQLException {
        return switch (mode.kind()) {
            // Most rows are settled: to go through the table is quicker than through the index.
            case RESUME ->
                new Admission(mode, keys(ledger, "SELECT key FROM item WHERE +state < 10" + counting(ledger)));
            case RETRY_FAILED ->
                new Admission(mode, keys(ledger, "SELECT key FROM item WHERE state >= 10" + counting(ledger)));
            case FRESH, NEW, RECOMPUTE, ONLY -> ofNothing(mode);
        };
    }

    /** Keys whose outcome is a failure, of whatever run: they may have files that say so. */
    public static KeyDigests failed(Connection ledger) throws SQLException {
        return keys(ledger, "SELECT key FROM item WHERE state >= 10");
    }

    /** Why the key is left out; null if it is run. */
    public @Nullable String skip(String key) {
        return switch (mode) {
            case RESUME -> keys.contains(key) ? ALREADY_DONE : null;
            case RETRY_FAILED -> keys.contains(key) ? null : NOT_FAILED;
            case ONLY -> asked.contains(key) ? null : NOT_ASKED_FOR;
            case FRESH, NEW, RECOMPUTE -> null;
        };
    }

    /** What is older than the latest recomputation does not count, even if that has not come to the key. */
    private static String counting(Connection ledger) throws SQLException {
        return " AND run >= " + RunRow.countsFrom(ledger);
    }

    private static KeyDigests keys(Connection ledger, String sql) throws SQLException {
        KeyDigests keys = new KeyDigests();
        try (Statement statement = ledger.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }
}
