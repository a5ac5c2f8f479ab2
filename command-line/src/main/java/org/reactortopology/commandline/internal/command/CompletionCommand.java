package org.reactortopology.commandline.internal.command;

import org.reactortopology.commandline.ExitCodes;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Prints the script that completes words of this command line. */
@Command(
        name = "completion",
        description = {
            "Prints a script for bash and zsh that completes commands and options.",
            "bash: source <(COMMAND completion), where an alias or script called as the program is on the path."
        },
        exitCodeList = {"0:it is printed", "2:wrong usage"})
public final class CompletionCommand extends JobCommand {

    /** In these surroundings. */
    public CompletionCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int execute() {
        out().println(AutoComplete.bash(program(), spec.root().commandLine()));
        return ExitCodes.ALL_DONE;
    }
}
