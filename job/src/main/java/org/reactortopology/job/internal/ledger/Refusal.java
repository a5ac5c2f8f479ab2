package org.reactortopology.job.internal.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactortopology.job.JobMode;
import org.reactortopology.spi.TopologyPlan;

/** Why a run is not begun, in words for people. */
public final class Refusal {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** Children have the key of their parent and a number. */
    private static final Pattern CHILD = Pattern.compile(".*/[0-9]+", Pattern.DOTALL);

    private Refusal() {}

    /**
     * Why a run in that mode is refused, if it is.
     *
     * @param latest the latest run of the directory; null if there has been none
     * @param settled whether the ledger has a key that is settled and counts
     */
    public static Optional<String> of(
            Path directory,
            JobMode mode,
            boolean changesAllowed,
            @Nullable RunRow latest,
            boolean settled,
            Identity topology,
            TopologyPlan plan) {
        if (latest == null) {
            return ofNothing(directory, mode);
        }
        if (mode.kind() == JobMode.Kind.FRESH) {
            return Optional.of(exists(directory, latest));
        }
        if (mode.kind() == JobMode.Kind.RECOMPUTE) {
            return Optional.empty(); // nothing of what is there counts any more
        }
        List<String> changes = Difference.of(latest.topology(), topology);
        if (!changes.isEmpty() && !changesAllowed) {
            return Optional.of(changed(directory, latest, topology, changes));
        }
        return settled ? StateAcrossKeys.unkept(plan).map(part -> stateful(directory, mode, part)) : Optional.empty();
    }

    /** Why a run in that mode is refused in a directory that has no job. */
    public static Optional<String> ofNothing(Path directory, JobMode mode) {
        return mode.kind() == JobMode.Kind.RETRY_FAILED
                ? Optional.of(
                        "the directory '" + directory
                                + "' has no job, so nothing has failed that could be retried: run it in mode FRESH (--mode fresh)")
                : Optional.empty();
    }

    /** Why a run of some keys is refused: those of items that were made of others do not come from the source. */
    public static Optional<String> ofKeys(Connection ledger, JobMode mode) throws SQLException {
        try (PreparedStatement query = ledger.prepareStatement("SELECT derived FROM item WHERE key = ?")) {
            for (String key : mode.keys()) {
                if (derived(query, key).orElse(false)) {
                    return Optional.of("the key '" + key + "' is of an item that was made of others and does not come"
                            + " from the source: " + instead(query, key));
                }
            }
        }
        return Optional.empty();
    }

    private static String instead(PreparedStatement query, String key) throws SQLException {
        for (String parent = key; CHILD.matcher(parent).matches(); ) {
            parent = parent.substring(0, parent.lastIndexOf('/'));
            if (!derived(query, parent).orElse(true)) {
                return "give '" + parent + "', which it was made of";
            }
        }
        return "give the keys of the source that it was made of";
    }

    /** Empty if there is no such key. */
    private static Optional<Boolean> derived(PreparedStatement query, String key) throws SQLException {
        query.setString(1, key);
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
        }
    }

    private static String exists(Path directory, RunRow latest) {
        return "the directory '" + directory + "' has a job: run " + latest.number() + " of topology '"
                + latest.topology().name() + "', begun on " + TIME.format(Instant.ofEpochMilli(latest.started()))
                + ", state " + latest.state()
                + "; do one of these: go on with it (JobMode.RESUME, --mode resume), run all of it again (JobMode.RECOMPUTE,"
                + " --mode recompute), or leave it as it is and begin another directory (JobMode.NEW, --mode new)";
    }

    private static String changed(Path directory, RunRow latest, Identity topology, List<String> changes) {
        return "topology '" + topology.name() + "' is not what the job in '" + directory + "' was run with in run "
                + latest.number() + ", so what is done there might not be what this would do:\n  "
                + String.join("\n  ", changes)
                + "\nRun it as it was, run all of it again (JobMode.RECOMPUTE, --mode recompute), begin another directory (JobMode.NEW, --mode new), or"
                + " allow changes (allowChanges(), --allow-changes) if the outcomes that are there still count";
    }

    private static String stateful(Path directory, JobMode mode, String part) {
        return "the job in '" + directory + "' cannot run in mode " + mode.kind() + ", because " + part
                + " needs the values of keys that are done and would be left out: put keepValues() before it, or run all"
                + " again (JobMode.RECOMPUTE, --mode recompute)";
    }
}
