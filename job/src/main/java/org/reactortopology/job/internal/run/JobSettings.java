package org.reactortopology.job.internal.run;

import java.nio.file.Path;
import org.reactortopology.job.JobMode;

/**
 * What a job was asked to be.
 *
 * @param ledgerPages how large its ledger may become, in pages of 4 KiB; 0 for what the disk has
 */
public record JobSettings(Path directory, JobMode mode, int buffer, boolean changesAllowed, int ledgerPages) {

    /** With as much room as the disk has. */
    public JobSettings(Path directory, JobMode mode, int buffer, boolean changesAllowed) {
        this(directory, mode, buffer, changesAllowed, 0);
    }
}
