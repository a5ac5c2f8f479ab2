package org.reactortopology.examples.piv;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Pair;
import org.reactortopology.Series;
import org.reactortopology.SeriesException;
import org.reactortopology.commandline.ExecutorChoice;
import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.examples.piv.image.GreyImage;
import org.reactortopology.examples.piv.image.GreyImageReader;
import org.reactortopology.examples.piv.image.SyntheticSeries;
import org.reactortopology.examples.piv.image.UnreadableImageException;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobException;
import org.reactortopology.job.JobMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Turns pairs of particle images into velocity fields and pictures. */
@Command(
        name = "piv",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Turns pairs of particle images into velocity fields, pictures and a page that shows them.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all pairs are done",
            "1:some pairs failed; the others are done",
            "2:wrong usage, nothing to do, or refused (such as an output directory that another process runs a job in)",
            "3:the run itself broke",
            "130:a signal ended the run before all pairs were run; those that are done are on disk"
        })
public final class PivCommand implements Callable<Integer> {

    private static final int SYNTHETIC_PAIRS = 24;
    private static final int SYNTHETIC_SIDE = 512;
    private static final long SYNTHETIC_SEED = 1;

    /** What to do with what the output directory holds already. */
    enum Mode {
        FRESH(JobMode.FRESH),
        RESUME(JobMode.RESUME),
        RECOMPUTE(JobMode.RECOMPUTE),
        RETRY_FAILED(JobMode.RETRY_FAILED);

        private final JobMode jobMode;

        Mode(JobMode jobMode) {
            this.jobMode = jobMode;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(
            names = "--input",
            paramLabel = "DIR",
            description =
                    "Directory of the images. Without it, a synthetic series of 24 pairs of 512 x 512 px is made first.")
    private @Nullable Path input;

    @Option(
            names = "--pattern",
            paramLabel = "GLOB",
            defaultValue = PivParams.IMAGES,
            description = "Which files of the directory are images (default: ${DEFAULT-VALUE}).")
    private String pattern = PivParams.IMAGES;

    @Option(
            names = "--pairing",
            paramLabel = "pairs|successive",
            defaultValue = "pairs",
            description = "pairs: 1-2, 3-4; successive: 1-2, 2-3; in natural order (default: ${DEFAULT-VALUE}).")
    private Pairing pairing = Pairing.PAIRS;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "piv-out",
            description =
                    "Directory of the results, and of the job: ledger, logs, report.html (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("piv-out");

    @Option(
            names = "--mode",
            paramLabel = "fresh|resume|recompute|retry-failed",
            description =
                    "What to do if the output directory has a job: refuse it, run the pairs that are not done, run all again, or"
                            + " run those that failed. Without it: run all again, also with other settings than before.")
    private @Nullable Mode mode;

    @Option(
            names = "--allow-changes",
            description = "With --mode: go on although the settings are others than those that the job was begun with.")
    private boolean allowChanges;

    @Option(
            names = "--executor",
            paramLabel = "sequential|parallel|multi-process",
            defaultValue = "multi-process",
            description = "How the pairs are run (default: ${DEFAULT-VALUE}).")
    private ExecutorChoice.Kind executor = ExecutorChoice.Kind.MULTI_PROCESS;

    @Option(names = "--workers", paramLabel = "N", description = "Child JVMs (default: one per processor).")
    private @Nullable Integer workers;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads that compute, of each worker or of the parallel executor (default: from the processors).")
    private @Nullable Integer threads;

    @Option(
            names = "--window",
            split = ",",
            paramLabel = "PX",
            defaultValue = "64,32",
            description = "Side of the windows in px, one size a pass (default: ${DEFAULT-VALUE}).")
    private List<Integer> windows = List.of();

    @Option(
            names = "--overlap",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description = "Share of a window's side that neighbours have in common (default: ${DEFAULT-VALUE}).")
    private double overlap;

    @Option(
            names = "--no-pictures",
            description = "Write the fields only: no picture of each, which takes about a third of the time.")
    private boolean noPictures;

    @Option(names = "--stop-on-failure", description = "End the run at the first pair that fails.")
    private boolean stopOnFailure;

    @Option(
            names = "--drain-timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long pairs under way may take to end after SIGINT, SIGTERM or SIGUSR2; a second SIGINT or SIGTERM"
                            + " stops them now (default: ${DEFAULT-VALUE}).")
    private long drainTimeoutSeconds;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            ExecutorChoice choice = choice();
            PivParams params = params(out);
            Series<Pair<Path>> pairs = pairs(params);
            try (ExecutorChoice.Started started = choice.started(pairs.size())) {
                requireWindowFits(params, pairs.valueAt(0).first());
                return new PivRun(params, job(), started.executor(), pairs.size(), out, err)
                        .run(Duration.ofSeconds(drainTimeoutSeconds));
            }
        } catch (UsageException | JobException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> err.println("piv: " + line));
            return ExitCodes.USAGE;
        } catch (RuntimeException | IOException e) {
            err.println("piv: the run broke: " + e);
            return ExitCodes.BROKEN;
        } finally {
            err.flush();
        }
    }

    private ExecutorChoice choice() throws UsageException {
        atLeastOne("--workers", workers);
        atLeastOne("--threads", threads);
        ExecutorChoice choice = new ExecutorChoice(executor, workers, threads);
        Optional<String> problem = choice.problem();
        if (problem.isPresent()) {
            throw new UsageException(problem.get());
        }
        return choice;
    }

    /** With absolute paths, so that a resume from another working directory finds the same files. */
    private PivParams params(PrintWriter out) throws UsageException {
        if (drainTimeoutSeconds < 0) {
            throw new UsageException("--drain-timeout is " + drainTimeoutSeconds + ": give 0 or more seconds");
        }
        Path directory = input == null ? output.resolve("images") : input;
        PivParams params = new PivParams(
                directory.toAbsolutePath(),
                pattern,
                pairing,
                output.toAbsolutePath(),
                windows,
                overlap,
                !noPictures,
                stopOnFailure);
        try {
            params.settings(); // refuses windows and overlaps that make no sense, before anything is written
            Files.createDirectories(output);
            if (input == null) {
                out.println("piv: no --input, so " + SYNTHETIC_PAIRS + " synthetic pairs are written to " + directory);
                out.flush();
                SyntheticSeries.write(directory, SYNTHETIC_PAIRS, SYNTHETIC_SIDE, SYNTHETIC_SIDE, SYNTHETIC_SEED);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UsageException("output directory '" + output + "' cannot be written (" + e
                    + "): give --output a directory that can");
        }
        return params;
    }

    private static Series<Pair<Path>> pairs(PivParams params) throws UsageException {
        try {
            Series<Pair<Path>> pairs = params.pairs().snapshot();
            if (pairs.size() == 0) {
                throw new UsageException("'" + params.input() + "' holds fewer than two files that match '"
                        + params.pattern() + "', so there is no pair: give another --input or --pattern");
            }
            return pairs;
        } catch (SeriesException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** A window larger than the images would fail every pair; the first image tells. One that is unreadable fails its own pair. */
    private static void requireWindowFits(PivParams params, Path image) throws UsageException {
        GreyImage first;
        try {
            first = GreyImageReader.decode(image, GreyImageReader.bytes(image)).image();
        } catch (UnreadableImageException e) {
            return;
        }
        int window = params.windows().get(0);
        if (window > Math.min(first.width(), first.height())) {
            throw new UsageException("--window " + window + " is larger than '" + image + "', which is " + first.width()
                    + " x " + first.height() + " px: give a window of at most "
                    + Math.min(first.width(), first.height()) + " px");
        }
    }

    private Job job() {
        Job job = Job.in(output).mode(mode == null ? JobMode.RECOMPUTE : mode.jobMode);
        return allowChanges || mode == null ? job.allowChanges() : job;
    }

    private static void atLeastOne(String option, @Nullable Integer value) throws UsageException {
        if (value != null && (value < 1 || value > 1024)) {
            throw new UsageException(option + " is " + value + ": give a number from 1 to 1024");
        }
    }
}
