package org.reactortopology.examples;

import org.reactortopology.commandline.JobCommands;
import org.reactortopology.examples.piv.PivAccuracyCommand;
import org.reactortopology.examples.piv.PivCommand;
import picocli.CommandLine;

/** Entry of the examples' jar: the command line for jobs, and the examples beside it. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        boolean piv = args.length > 0 && args[0].equals("piv");
        System.exit(JobCommands.execute(piv ? JobCommands.commandLineOf(new PivCommand()) : commandLine(), args));
    }

    /** The command line, for tests too. */
    public static CommandLine commandLine() {
        CommandLine line = JobCommands.commandLine();
        return JobCommands.configured(line.addSubcommand(new PivCommand()).addSubcommand(new PivAccuracyCommand()));
    }
}
