package org.reactortopology.benchmarks.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/**
 * Runs one suite and writes what it found: tables to standard output, and {@code results.json}, {@code results.md} and pictures into a directory. Started by
 * {@code benchmarks/run}; see {@link HarnessArguments} for its arguments. Ends with 1 if the suite broke, whatever the figures are.
 */
public final class Harness {

    private Harness() {}

    /** Runs the suite. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws Exception {
        HarnessArguments arguments = HarnessArguments.parse(Arrays.asList(args));
        RunOptions options = arguments.options();
        Files.createDirectories(options.directory());
        Suite suite = Class.forName(arguments.suiteClass())
                .asSubclass(Suite.class)
                .getDeclaredConstructor()
                .newInstance();
        Session session = new Session(options);
        double loadBefore = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Instant started = Instant.now();
        try {
            suite.run(session);
        } catch (Exception | Error e) {
            System.out.println(Report.text(results(session, options, started, loadBefore, List.of())));
            throw e;
        }
        write(results(session, options, started, loadBefore, session.ratios()), options, arguments.plots());
        // Suites may leave threads of their peers behind.
        System.exit(0);
    }

    @SuppressWarnings("SystemOut")
    private static void write(Results results, RunOptions options, boolean plots) throws IOException {
        System.out.println(Report.text(results));
        ResultsFile.write(results, options.directory().resolve(ResultsFile.NAME));
        Files.writeString(options.directory().resolve("results.md"), Report.markdown(results));
        if (plots) {
            Plots.write(results, options.directory());
        }
        System.out.println("in " + options.directory().resolve(ResultsFile.NAME));
    }

    private static Results results(
            Session session, RunOptions options, Instant started, double loadBefore, List<Ratio> ratios) {
        return new Results(
                Results.SCHEMA,
                options.suite(),
                options.what(),
                options.command(),
                options.shortForm(),
                options.rounds(),
                started.truncatedTo(ChronoUnit.SECONDS).toString(),
                started.until(Instant.now(), ChronoUnit.MILLIS) / 1e3,
                loadBefore,
                Machine.here(),
                Versions.here(options.commit()),
                session.figures(),
                ratios,
                session.notes());
    }
}
