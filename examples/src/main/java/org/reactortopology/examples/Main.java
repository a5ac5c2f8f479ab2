package org.reactortopology.examples;

import org.reactortopology.examples.piv.PivAccuracyCommand;
import org.reactortopology.examples.piv.PivCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of the examples' jar. */
@Command(
        name = "reactor-topology-examples",
        mixinStandardHelpOptions = true,
        description = "Examples of reactor-topology.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PivCommand.class, PivAccuracyCommand.class})
public final class Main {

    private Main() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        System.exit(commandLine().execute(args));
    }

    /** The command line, for tests too. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(120)
                .setParameterExceptionHandler(Main::wrongUsage);
    }

    /** One line; who wants all options asks for them. */
    private static int wrongUsage(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().name();
        command.getErr().println(name + ": " + wrong.getMessage() + "; see " + name + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
