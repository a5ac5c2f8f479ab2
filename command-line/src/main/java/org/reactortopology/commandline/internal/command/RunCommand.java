package org.reactortopology.commandline.internal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Topology;
import org.reactortopology.commandline.ExecutorChoice;
import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.commandline.internal.view.StatusView;
import org.reactortopology.job.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a topology as a job. */
@Command(
        name = "run",
        description = "Runs the topology of a factory as a job: its ledger lets it be resumed, explained and reported.",
        exitCodeList = {
            "0:all items that were to be run are done",
            "1:some items failed; the others are done",
            "2:wrong usage or refused (such as a directory that has a job, or one that another process runs); nothing was run",
            "3:the run itself broke, its ledger included",
            "130:a signal ended the run before all items were run"
        })
public final class RunCommand extends JobCommand {

    private static final String LEDGER = "ledger.db";

    @Mixin
    private FactoryOptions factory = new FactoryOptions();

    @Option(
            names = "--job",
            paramLabel = "DIR",
            description =
                    "The job directory (default: NAME-job in the working directory, by the name of the topology).")
    private @Nullable Path job;

    @Mixin
    private ModeOptions modes = new ModeOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    /** In these surroundings. */
    public RunCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int execute() throws IOException {
        ExecutorChoice choice = options.executor(ExecutorChoice.USUAL);
        Mode mode = modes.mode(Mode.FRESH);
        Topology<?> topology = factory.topology();
        Path directory = job == null ? Path.of(topology.name().replaceAll("[^A-Za-z0-9._-]", "-") + "-job") : job;
        if (mode == Mode.ASK) {
            Optional<Mode> answered = ask(directory);
            if (answered.isEmpty()) {
                err().println("run: nothing is run");
                return ExitCodes.USAGE;
            }
            mode = answered.get();
        }
        Job asked = Job.in(directory).mode(modes.jobMode(mode));
        Job run = options.allowChanges ? asked.allowChanges() : asked;
        return new RunInForeground(topology.name(), run.on(choice.executor()).run(topology), surroundings, this)
                .run(options.drainTimeout(), options.json);
    }

    private Optional<Mode> ask(Path directory) throws IOException {
        if (!Files.exists(directory.resolve(LEDGER))) {
            return Optional.of(Mode.FRESH);
        } else if (!surroundings.surface().inputIsTerminal()) {
            throw new UsageException("'" + directory + "' has a job, and there is no terminal on which to ask:"
                    + " give --mode resume, recompute, new or retry-failed");
        }
        StatusView status = new StatusView(
                surroundings.jobs().apply(directory).status(),
                surroundings.clock().instant(),
                surroundings.clock().getZone(),
                columns(),
                colour());
        return new Question(surroundings.surface(), err()).ask(status.threeLines());
    }
}
