package org.reactortopology.examples.piv;

import java.util.List;
import java.util.concurrent.Callable;
import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.examples.piv.correlation.PivSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints how exact the displacements are on synthetic pairs whose flow is known. */
@Command(
        name = "piv-accuracy",
        mixinStandardHelpOptions = true,
        description =
                "Measures the error of the velocimetry on synthetic pairs whose flow is known, and prints a table.")
public final class PivAccuracyCommand implements Callable<Integer> {

    @Option(
            names = "--window",
            split = ",",
            paramLabel = "PX",
            defaultValue = "64,32",
            description = "Side of the windows in px, one size a pass (default: ${DEFAULT-VALUE}).")
    private List<Integer> windows = List.of();

    @Option(
            names = "--overlap",
            defaultValue = "0.5",
            description = "Share of a window that neighbours have in common (default: ${DEFAULT-VALUE}).")
    private double overlap;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            PivSettings settings = PivSettings.defaults().withOverlap(overlap).withWindows(windows);
            spec.commandLine().getOut().print(PivAccuracy.table(PivAccuracy.measure(settings)));
            spec.commandLine().getOut().flush();
            return ExitCodes.ALL_DONE;
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println("piv-accuracy: " + e.getMessage());
            return ExitCodes.USAGE;
        }
    }
}
