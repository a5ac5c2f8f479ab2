package org.reactortopology.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/** What a run of a job does with what the job directory holds already. */
public final class JobMode {

    /** The kinds of mode. */
    public enum Kind {
        /** See {@link JobMode#FRESH}. */
        FRESH,
        /** See {@link JobMode#NEW}. */
        NEW,
        /** See {@link JobMode#RESUME}. */
        RESUME,
        /** See {@link JobMode#RECOMPUTE}. */
        RECOMPUTE,
        /** See {@link JobMode#RETRY_FAILED}. */
        RETRY_FAILED,
        /** See {@link JobMode#only(Collection)}. */
        ONLY
    }

    /** Runs everything, in a directory that has no job yet; one that has is refused. The default. */
    public static final JobMode FRESH = new JobMode(Kind.FRESH, Set.of());

    /** Runs everything, in the given directory if it has no job yet, or else in the next free of {@code dir-2}, {@code dir-3} and so on. */
    public static final JobMode NEW = new JobMode(Kind.NEW, Set.of());

    /** Runs the keys that are not done, failed ones included. Where there is no job yet, as {@link #FRESH}. */
    public static final JobMode RESUME = new JobMode(Kind.RESUME, Set.of());

    /**
     * Runs everything again, by the same topology or another one: {@link Job#allowChanges} is not asked for. What comes out replaces what the ledger says
     * of a key. From the moment that it begins, nothing older counts: if it dies, a {@link #RESUME} runs all keys that it had not come to, also those
     * that were done before it, so that outcomes of two topologies are never taken for those of one.
     */
    public static final JobMode RECOMPUTE = new JobMode(Kind.RECOMPUTE, Set.of());

    /**
     * Runs the keys whose outcome is a failure, and no other; a failure that is older than the latest {@link #RECOMPUTE} does not count. A key that its
     * parent does not make again, or that the source does not give any more, stays a failure, until all is
     * run again by {@link #RECOMPUTE}.
     */
    public static final JobMode RETRY_FAILED = new JobMode(Kind.RETRY_FAILED, Set.of());

    private final Kind kind;
    private final Set<String> keys;

    private JobMode(Kind kind, Set<String> keys) {
        this.kind = kind;
        this.keys = keys;
    }

    /** Runs these keys of the source, whatever the ledger says of them, and no other. A key of an item that was made of others is refused. */
    public static JobMode only(Collection<String> keys) {
        Set<String> asked = Set.copyOf(keys);
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("no key is given: name at least one that is to be run");
        }
        return new JobMode(Kind.ONLY, asked);
    }

    /**
     * As {@link #only(Collection)}, with the keys of a file in UTF-8, one on each line; blank lines and those that begin with {@code #} are left out, and
     * so is white space around keys: keys that begin with either can only be given to {@link #only(Collection)}.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public static JobMode only(Path file) {
        try {
            return only(Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the file of keys '" + file + "' cannot be read: " + e, e);
        }
    }

    /** Which of the modes it is. */
    public Kind kind() {
        return kind;
    }

    /** The keys of {@link #only(Collection)}; empty for other modes. */
    public Set<String> keys() {
        return keys;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JobMode mode && mode.kind == kind && mode.keys.equals(keys);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, keys);
    }

    @Override
    public String toString() {
        return kind == Kind.ONLY ? "ONLY" + keys : kind.name();
    }
}
