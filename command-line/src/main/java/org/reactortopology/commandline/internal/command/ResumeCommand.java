package org.reactortopology.commandline.internal.command;

import java.util.Optional;
import org.reactortopology.Topology;
import org.reactortopology.commandline.ExecutorChoice;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.JobStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes on with a job. */
@Command(
        name = "resume",
        description =
                "Runs the items of a job that are not done, failed ones included, with the factory and the parameters that"
                        + " it was begun with, and the executor of its latest run unless another is given.",
        exitCodeList = {
            "0:all items that were to be run are done",
            "1:some items failed; the others are done",
            "2:wrong usage or refused (such as no job, a changed topology, or one that another process runs); nothing was run",
            "3:the run itself broke, its ledger included",
            "130:a signal ended the run before all items were run"
        })
public final class ResumeCommand extends JobCommand {

    @Mixin
    private DirectoryParameter job = new DirectoryParameter();

    @Mixin
    private RunOptions options = new RunOptions();

    /** In these surroundings. */
    public ResumeCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int execute() {
        JobView view = surroundings.jobs().apply(job.directory);
        JobStatus before = view.status();
        Optional<ExecutorChoice> same = ExecutorChoice.parse(before.executor());
        ExecutorChoice choice = options.executor(same.orElse(ExecutorChoice.USUAL));
        if (same.isEmpty()) {
            err().println("resume: the job ran by '" + before.executor()
                    + "', which is none of this command's executors;" + " it goes on by '" + choice + "'");
        }
        Topology<?> topology = view.topology();
        Job asked = Job.in(job.directory).mode(JobMode.RESUME);
        Job run = options.allowChanges ? asked.allowChanges() : asked;
        return new RunInForeground(topology.name(), run.on(choice.executor()).run(topology), surroundings, this)
                .run(options.drainTimeout(), options.json);
    }
}
