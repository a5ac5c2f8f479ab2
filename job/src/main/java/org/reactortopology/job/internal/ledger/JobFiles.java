package org.reactortopology.job.internal.ledger;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things lie in a job directory. */
public record JobFiles(Path directory) {

    /** The SQLite database; {@code -wal} and {@code -shm} lie beside it while it is open, or after a death. */
    public Path ledger() {
        return directory.resolve("ledger.db");
    }

    /** What is committed but not yet in {@link #ledger}. */
    public Path writeAhead() {
        return directory.resolve("ledger.db-wal");
    }

    /** Names the process that runs the job; there while one does, or after its death. */
    public Path lock() {
        return directory.resolve("lock");
    }

    /** What the latest run was and how it ended. */
    public Path description() {
        return directory.resolve("job.json");
    }

    /** One file for each key whose outcome is a failure. */
    public Path failures() {
        return directory.resolve("failures");
    }

    /** Logs of processes that belong to runs. */
    public Path logs() {
        return directory.resolve("logs");
    }

    /** The report for people. */
    public Path reportPage() {
        return directory.resolve("report.html");
    }

    /** The report for programs. */
    public Path reportData() {
        return directory.resolve("report.json");
    }

    /** Whether a job has been begun here. */
    public boolean holdsJob() {
        return Files.exists(ledger()) || Files.exists(description());
    }
}
