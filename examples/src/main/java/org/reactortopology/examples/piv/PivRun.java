package org.reactortopology.examples.piv;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.StoppedOnFailureException;
import org.reactortopology.Topology;
import org.reactortopology.TopologyException;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.commandline.EndOnSignal;
import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.commandline.ProgressDisplay;
import org.reactortopology.examples.piv.output.FieldFile;
import org.reactortopology.examples.piv.output.IndexPage;
import org.reactortopology.examples.piv.output.InterrogationSettings;
import org.reactortopology.examples.piv.output.MeanField;
import org.reactortopology.examples.piv.output.SavedField;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobException;
import org.reactortopology.job.LedgerException;

/** Runs the topology, shows how it goes, and writes what belongs to the run as a whole: mean field and index page. */
final class PivRun {

    private final PivParams params;
    private final Job job;
    private final TopologyExecutor executor;
    private final long total;
    private final PrintWriter out;
    private final PrintWriter err;

    /** Outcomes by index, so that what is written does not depend on the order in which they came. */
    private final Map<Long, Outcome<PivResult>> outcomes = new TreeMap<>();

    /** The mean of all pairs, if all are done: begun at the last outcome, so that it is there when the workers and the ledger have come to their end. */
    private CompletableFuture<OptionalInt> early = CompletableFuture.completedFuture(OptionalInt.empty());

    /** What the page shows, by index: also what earlier runs of the job have done. */
    private final Map<Long, IndexPage.Entry> entries = new TreeMap<>();

    PivRun(PivParams params, Job job, TopologyExecutor executor, long total, PrintWriter out, PrintWriter err) {
        this.params = params;
        this.job = job;
        this.executor = executor;
        this.total = total;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs to the end, or until a signal ends it; returns the exit code.
     *
     * @param drainTimeout how long pairs that are under way may take when a signal has come
     * @throws JobException if the job is refused: nothing was run
     */
    int run(Duration drainTimeout) throws IOException {
        TopologyRun<PivResult> run = job.on(executor).run(Topology.from(PivTopology.class, params));
        // until all is written: a second signal must not leave the fields without a page
        try (EndOnSignal signals = new EndOnSignal(run, drainTimeout, "pairs", this::tell)) {
            return run(run);
        }
    }

    private int run(TopologyRun<PivResult> run) throws IOException {
        TopologyException broken = outcomesOf(run);
        RunReport report = Objects.requireNonNull(run.report().block());
        OptionalInt written = early(); // before anything here can throw: it must not be left behind
        outcomes.values().forEach(this::tell);
        entries.putAll(PivEntries.of(params.output(), settings(), outcomes.values(), job));
        int meanPairs = written.isPresent() ? written.getAsInt() : writeMean(savedFields());
        writeIndex(report, meanPairs);
        if (broken != null) {
            tell("the run broke: " + broken.getMessage());
        }
        boolean interrupted = isInterrupted(report);
        if (interrupted) {
            tell("interrupted: " + report.counts().unfinished() + " pairs that had been taken were stopped, "
                    + (total - report.counts().taken()) + " were not taken");
        }
        out.println(summary(report));
        out.flush();
        return broken == null ? ExitCodes.of(report, OptionalLong.of(total)) : ExitCodes.BROKEN;
    }

    /** Waits for the outcomes; returns what the run broke by. */
    private @Nullable TopologyException outcomesOf(TopologyRun<PivResult> run) {
        try (ProgressDisplay display = ProgressDisplay.of(run, "piv", "pairs", err)) {
            run.outcomes().doOnNext(this::note).blockLast();
            return null;
        } catch (StoppedOnFailureException e) {
            return null; // as asked: the failure is among the outcomes
        } catch (TopologyException e) {
            if (e instanceof JobException refused && !(e instanceof LedgerException) && outcomes.isEmpty()) {
                throw refused;
            }
            return e;
        }
    }

    private void note(Outcome<PivResult> outcome) {
        outcomes.put(outcome.index(), outcome);
        if (outcomes.size() == total && outcomes.values().stream().allMatch(Outcome.Done.class::isInstance)) {
            List<SavedField> all = outcomes.values().stream()
                    .map(done -> ((Outcome.Done<PivResult>) done).value().saved())
                    .toList();
            early = CompletableFuture.supplyAsync(() -> {
                try {
                    return OptionalInt.of(writeMean(all));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Whether a signal ended the run before all pairs were run: one that comes behind the last pair changes nothing. */
    private boolean isInterrupted(RunReport report) {
        boolean signalled = report.state() == RunState.DRAINED || report.state() == RunState.STOPPED;
        return signalled && report.counts().ended() < total;
    }

    private void tell(String line) {
        err.println("piv: " + line);
        err.flush();
    }

    private void tell(Outcome<PivResult> outcome) {
        if (outcome instanceof Outcome.Done<PivResult> done) {
            done.value().warnings().forEach(warning -> err.println("piv: warning: " + warning));
        } else if (outcome.isFailure()) {
            err.println("piv: pair '" + outcome.key() + "' failed: " + reason(outcome));
        }
        err.flush();
    }

    static String reason(Outcome<PivResult> outcome) {
        if (outcome instanceof Outcome.Failed<PivResult> failed) {
            String message = failed.cause().getMessage();
            return (message == null ? failed.causeType() : message) + " (in " + failed.work() + ")";
        }
        return outcome.toString();
    }

    private InterrogationSettings settings() {
        return new InterrogationSettings(params.windows(), params.overlap());
    }

    /** Those that are done, in whichever run of the job, by index. */
    private List<SavedField> savedFields() {
        return entries.values().stream()
                .filter(IndexPage.Entry.Done.class::isInstance)
                .map(entry -> ((IndexPage.Entry.Done) entry).saved())
                .toList();
    }

    /** Waits for the mean that was written early, if one was. */
    private OptionalInt early() throws IOException {
        try {
            return early.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException failed) {
                throw Objects.requireNonNull(failed.getCause());
            }
            throw e;
        }
    }

    /** Gives the number of pairs that the mean is of. */
    private int writeMean(List<SavedField> fields) throws IOException {
        MeanField.Accumulator mean = new MeanField.Accumulator();
        try {
            for (SavedField field : fields) {
                mean.add(FieldFile.read(field.data()));
            }
            if (mean.pairs() > 0) {
                mean.mean().write(params.output(), settings(), params.pictures());
            }
        } catch (IllegalArgumentException e) {
            err.println("piv: warning: no mean field is written: " + e.getMessage());
            return 0;
        }
        return mean.pairs();
    }

    private void writeIndex(RunReport report, int meanPairs) throws IOException {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("input", params.input().toString());
        shown.put("pattern", params.pattern());
        shown.put("pairing", params.pairing().name().toLowerCase(Locale.ROOT));
        shown.put("windows", params.windows().toString().replaceAll("[\\[\\]]", "") + " px");
        shown.put("overlap", Double.toString(params.overlap()));
        shown.put("executor", executor.toString());
        int done = (int) entries.values().stream()
                .filter(IndexPage.Entry.Done.class::isInstance)
                .count();
        int failed = entries.size() - done;
        IndexPage.Counts counts = new IndexPage.Counts(done, failed, (int) total - done - failed);
        IndexPage.write(
                params.output(),
                new IndexPage.Summary(
                        "Velocity fields", counts, report.wall(), workers(report), meanPairs, params.pictures(), shown),
                List.copyOf(entries.values()));
    }

    private String summary(RunReport report) {
        double seconds = report.wall().toNanos() / 1e9;
        return String.format(
                Locale.ROOT,
                "piv: %d done, %d failed, %d skipped in %.2f s (%.2f pairs/s, %d workers)",
                report.counts().done(),
                report.counts().failures(),
                skipped(report),
                seconds,
                report.counts().ended() / seconds,
                workers(report));
    }

    /** Pairs that were not run, or not to the end: those that are done already, and those that are left because the run ended early. */
    private long skipped(RunReport report) {
        return total - report.counts().done() - report.counts().failures();
    }

    private static int workers(RunReport report) {
        return Math.max(1, report.workers().size());
    }
}
