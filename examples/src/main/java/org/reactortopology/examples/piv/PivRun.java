package org.reactortopology.examples.piv;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.StoppedOnFailureException;
import org.reactortopology.Topology;
import org.reactortopology.TopologyException;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.examples.piv.output.FieldFile;
import org.reactortopology.examples.piv.output.IndexPage;
import org.reactortopology.examples.piv.output.InterrogationSettings;
import org.reactortopology.examples.piv.output.MeanField;

/** Runs the topology, shows how it goes, and writes what belongs to the run as a whole: mean field and index page. */
final class PivRun {

    private final PivParams params;
    private final TopologyExecutor executor;
    private final String executorName;
    private final long total;
    private final PrintWriter out;
    private final PrintWriter err;

    /** Outcomes by index, so that what is written does not depend on the order in which they came. */
    private final Map<Long, Outcome<PivResult>> outcomes = new TreeMap<>();

    PivRun(
            PivParams params,
            TopologyExecutor executor,
            String executorName,
            long total,
            PrintWriter out,
            PrintWriter err) {
        this.params = params;
        this.executor = executor;
        this.executorName = executorName;
        this.total = total;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs to the end, or until a signal ends it; returns the exit code.
     *
     * @param drainTimeout how long pairs that are under way may take when a signal has come
     */
    int run(Duration drainTimeout) throws IOException {
        TopologyRun<PivResult> run = executor.run(Topology.from(PivTopology.class, params));
        // until all is written: a second signal must not leave the fields without a page
        try (EndOnSignal signals = new EndOnSignal(run, drainTimeout, this::tell)) {
            return run(run);
        }
    }

    private int run(TopologyRun<PivResult> run) throws IOException {
        TopologyException broken = outcomesOf(run);
        RunReport report = Objects.requireNonNull(run.report().block());
        outcomes.values().forEach(this::tell);
        int meanPairs = writeMean();
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
        if (broken != null) {
            return PivCommand.BROKEN;
        } else if (interrupted) {
            return PivCommand.INTERRUPTED;
        }
        return report.counts().failures() == 0 ? PivCommand.ALL_DONE : PivCommand.SOME_FAILED;
    }

    /** Waits for the outcomes; returns what the run broke by. */
    private @Nullable TopologyException outcomesOf(TopologyRun<PivResult> run) {
        try (ProgressDisplay display = ProgressDisplay.of(total, out)) {
            run.outcomes()
                    .doOnNext(outcome -> {
                        outcomes.put(outcome.index(), outcome);
                        display.show(outcome);
                    })
                    .blockLast();
            return null;
        } catch (StoppedOnFailureException e) {
            return null; // as asked: the failure is among the outcomes
        } catch (TopologyException e) {
            return e;
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
        } else {
            err.println("piv: pair '" + outcome.key() + "' failed: " + reason(outcome));
        }
        err.flush();
    }

    private static String reason(Outcome<PivResult> outcome) {
        if (outcome instanceof Outcome.Failed<PivResult> failed) {
            String message = failed.cause().getMessage();
            return (message == null ? failed.causeType() : message) + " (in " + failed.work() + ")";
        }
        return outcome.toString();
    }

    private int writeMean() throws IOException {
        MeanField.Accumulator mean = new MeanField.Accumulator();
        for (Outcome<PivResult> outcome : outcomes.values()) {
            if (outcome instanceof Outcome.Done<PivResult> done) {
                try {
                    mean.add(FieldFile.read(done.value().saved().data()));
                } catch (IllegalArgumentException e) {
                    err.println("piv: warning: no mean field is written: " + e.getMessage());
                    return 0;
                }
            }
        }
        if (mean.pairs() > 0) {
            mean.mean().write(params.output(), new InterrogationSettings(params.windows(), params.overlap()));
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
        shown.put("executor", executorName);
        IndexPage.Counts counts = new IndexPage.Counts(
                (int) report.counts().done(), (int) report.counts().failures(), (int) skipped(report));
        IndexPage.write(
                params.output(),
                new IndexPage.Summary("Velocity fields", counts, report.wall(), workers(report), meanPairs, shown),
                outcomes.values().stream().map(PivRun::entry).toList());
    }

    private static IndexPage.Entry entry(Outcome<PivResult> outcome) {
        return outcome instanceof Outcome.Done<PivResult> done
                ? new IndexPage.Entry.Done(done.key(), done.value().saved())
                : new IndexPage.Entry.Failed(outcome.key(), reason(outcome));
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

    /** Pairs that were not run, or not to the end, because the run ended early. */
    private long skipped(RunReport report) {
        return total - report.counts().done() - report.counts().failures();
    }

    private static int workers(RunReport report) {
        return Math.max(1, report.workers().size());
    }
}
