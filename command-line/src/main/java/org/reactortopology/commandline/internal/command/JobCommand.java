package org.reactortopology.commandline.internal.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.reactortopology.InvalidTopologyException;
import org.reactortopology.TopologyException;
import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.commandline.internal.parameters.ParameterException;
import org.reactortopology.job.JobException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands share: results go to the standard output, everything else to the standard error, and every error is an exit code. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, exitCodeListHeading = "%nExit codes:%n")
abstract class JobCommand implements Callable<Integer> {

    final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    JobCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Does it, and gives the exit code. */
    abstract int execute() throws IOException;

    @Override
    public final Integer call() {
        try {
            return execute();
        } catch (UsageException | ParameterException | InvalidTopologyException | UncheckedIOException e) {
            return fail(e, ExitCodes.USAGE);
        } catch (JobException e) {
            return fail(e, ExitCodes.USAGE);
        } catch (TopologyException | IOException e) {
            return fail(e, ExitCodes.BROKEN);
        } finally {
            out().flush();
            err().flush();
        }
    }

    private int fail(Exception e, int exitCode) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        message.lines().forEach(line -> err().println(spec.name() + ": " + line));
        return exitCode;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** How the whole program is called, for hints. */
    final String program() {
        return spec.root().name();
    }

    final void print(List<String> lines) {
        lines.forEach(out()::println);
    }

    final int columns() {
        return surroundings.surface().size().columns();
    }

    final boolean colour() {
        return surroundings.surface().colour();
    }
}
