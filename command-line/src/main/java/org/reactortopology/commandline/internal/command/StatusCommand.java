package org.reactortopology.commandline.internal.command;

import org.reactortopology.commandline.internal.view.JobJson;
import org.reactortopology.commandline.internal.view.StatusView;
import org.reactortopology.job.JobStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints how a job stands. */
@Command(
        name = "status",
        description = "Prints how a job stands, while it runs and afterwards.",
        exitCodeList = {
            "0:all items of the job are done",
            "1:some items failed, and the others are done; or it was given up by a rule",
            "2:wrong usage, or there is no such job",
            "3:its latest run broke or was killed",
            "4:it is running",
            "130:items are left that were not run: its latest run was ended early, or was one of some items only"
        })
public final class StatusCommand extends JobCommand {

    @Mixin
    private DirectoryParameter job = new DirectoryParameter();

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** In these surroundings. */
    public StatusCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int execute() {
        JobStatus status = surroundings.jobs().apply(job.directory).status();
        if (json) {
            out().println(JobJson.text(JobJson.of(status)));
        } else {
            print(new StatusView(
                            status,
                            surroundings.clock().instant(),
                            surroundings.clock().getZone(),
                            columns(),
                            colour())
                    .lines(program()));
        }
        return StatusCodes.of(status);
    }
}
