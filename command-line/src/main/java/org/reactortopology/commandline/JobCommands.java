package org.reactortopology.commandline;

import org.reactortopology.commandline.internal.archive.CommandArchive;
import org.reactortopology.commandline.internal.command.CompletionCommand;
import org.reactortopology.commandline.internal.command.ExplainCommand;
import org.reactortopology.commandline.internal.command.FailuresCommand;
import org.reactortopology.commandline.internal.command.GraphCommand;
import org.reactortopology.commandline.internal.command.PlanCommand;
import org.reactortopology.commandline.internal.command.ReportCommand;
import org.reactortopology.commandline.internal.command.ResumeCommand;
import org.reactortopology.commandline.internal.command.RunCommand;
import org.reactortopology.commandline.internal.command.StatusCommand;
import org.reactortopology.commandline.internal.command.Surroundings;
import org.reactortopology.commandline.internal.command.WatchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line for jobs, to be called by a program whose class path has the user's factories:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     System.exit(JobCommands.execute(args));
 * }
 * }</pre>
 *
 * <p>Results go to the standard output; progress, logs and errors to the standard error. With {@code --json}, the standard output is one JSON document
 * and nothing else. The exit codes are those of {@link ExitCodes}; each command's help says what they mean for it.
 */
@Command(
        name = "reactor-topology",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs, resumes, watches and explains jobs: runs of topologies that keep a ledger in a directory.")
public final class JobCommands {

    private static final int HELP_WIDTH = 120;

    private JobCommands() {}

    /** Runs one command on the calling thread, until it has ended, and gives its exit code. */
    public static int execute(String... args) {
        return execute(commandLine(), args);
    }

    /**
     * Runs one command of that command line, as a program's last deed: where a launcher has asked for it, the archive from which later commands load their
     * classes is written behind it, which takes a second or two. Not behind a command that was refused, broke or was interrupted: it has not loaded what a
     * run loads.
     */
    public static int execute(CommandLine line, String... args) {
        int exitCode = line.execute(args);
        if (exitCode == ExitCodes.ALL_DONE || exitCode == ExitCodes.SOME_FAILED) {
            CommandArchive.writeIfMissing();
        }
        return exitCode;
    }

    /** The command line, to which a program may add commands of its own, and which it may rename by {@link CommandLine#setCommandName}. */
    public static CommandLine commandLine() {
        return commandLine(Surroundings.ofProcess());
    }

    /**
     * A command line of the same name and manners with these commands alone, for a program that sees by its first argument which one is meant: to look at the
     * options of all takes longer than all else before a run.
     *
     * @param commands annotated with {@link Command}
     */
    public static CommandLine commandLineOf(Object... commands) {
        CommandLine line = new CommandLine(new JobCommands());
        for (Object command : commands) {
            line.addSubcommand(command);
        }
        return configured(line);
    }

    static CommandLine commandLine(Surroundings surroundings) {
        return configured(new CommandLine(new JobCommands())
                .addSubcommand(new RunCommand(surroundings))
                .addSubcommand(new ResumeCommand(surroundings))
                .addSubcommand(new StatusCommand(surroundings))
                .addSubcommand(new WatchCommand(surroundings))
                .addSubcommand(new ExplainCommand(surroundings))
                .addSubcommand(new FailuresCommand(surroundings))
                .addSubcommand(new ReportCommand(surroundings))
                .addSubcommand(new PlanCommand(surroundings))
                .addSubcommand(new GraphCommand(surroundings))
                .addSubcommand(new CompletionCommand(surroundings)));
    }

    /**
     * Gives a command line the manners of this one, after commands have been added: enums in any case, one line for wrong usage, an exit code for every
     * error.
     */
    public static CommandLine configured(CommandLine line) {
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setParameterExceptionHandler(JobCommands::wrongUsage)
                .setExecutionExceptionHandler(JobCommands::unexpected);
    }

    /** One line; who wants all options asks for them. */
    private static int wrongUsage(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().name();
        command.getErr()
                .println(name + ": " + wrong.getMessage() + "; see "
                        + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.USAGE;
    }

    private static int unexpected(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(command.getCommandSpec().name() + ": " + e);
        e.printStackTrace(command.getErr());
        return ExitCodes.BROKEN;
    }
}
