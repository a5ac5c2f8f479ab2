package org.reactortopology.commandline.internal.command;

import java.io.IOException;
import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.job.JobException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the report of a job. */
@Command(
        name = "report",
        description =
                "Writes report.html and report.json from the ledger, also while the job runs and after its death, and"
                        + " prints the path of the former.",
        exitCodeList = {"0:it is written", "2:wrong usage, or there is no such job", "3:it cannot be written"})
public final class ReportCommand extends JobCommand {

    @Mixin
    private DirectoryParameter job = new DirectoryParameter();

    /** In these surroundings. */
    public ReportCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int execute() throws IOException {
        try {
            out().println(surroundings.jobs().apply(job.directory).report());
            return ExitCodes.ALL_DONE;
        } catch (JobException e) {
            if (e.getCause() instanceof IOException unwritten) {
                throw new IOException(e.getMessage(), unwritten);
            }
            throw e;
        }
    }
}
