package org.reactortopology.job.internal.run;

import java.nio.file.Path;
import java.util.List;
import org.reactortopology.job.LedgerException;
import org.reactortopology.job.internal.directory.CauseText;
import org.reactortopology.job.internal.ledger.LedgerWriter;
import org.sqlite.SQLiteException;

/** Says in words what is wrong with a ledger, and what to do. */
final class LedgerProblem {

    private LedgerProblem() {}

    /** The exception for the subscriber. */
    static LedgerException of(Path ledger, Throwable cause, List<String> unrecorded) {
        if (cause instanceof LedgerException known) {
            return known;
        }
        return new LedgerException(ledger, words(cause), unrecorded, cause);
    }

    private static String words(Throwable cause) {
        if (cause instanceof LedgerWriter.VanishedException) {
            return cause.getMessage()
                    + "; what was written to it since is lost with it: put the file back and resume, or begin another directory";
        }
        if (cause instanceof SQLiteException failure) {
            return "cannot be written (" + failure.getResultCode() + ": " + failure.getMessage() + "): "
                    + advice(failure);
        }
        return "cannot be written (" + CauseText.of(cause) + "): see the cause of this exception";
    }

    private static String advice(SQLiteException failure) {
        // the low byte of an extended code is the code that it is a case of
        return switch (failure.getResultCode().code & 0xff) {
            case 13 -> "the disk is full: make room on it and resume";
            case 10 -> "the disk or the file system fails, or is full: see to it and resume";
            case 8 -> "it is read-only: let this user write the file and its directory, and resume";
            case 5, 6 -> "another program has it open for writing: close that and resume";
            case 14 -> "it cannot be opened: see that its directory is there and can be written";
            case 11, 26 -> "it is no SQLite database or is damaged: restore it from a copy, or begin another directory";
            default -> "mend that and resume";
        };
    }
}
