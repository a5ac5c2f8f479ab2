package org.reactortopology.commandline.internal.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactortopology.HaltedException;
import org.reactortopology.Outcome;
import org.reactortopology.Progress;
import org.reactortopology.RunReport;
import org.reactortopology.TopologyException;
import org.reactortopology.commandline.EndOnSignal;
import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.commandline.internal.terminal.Surface;
import org.reactortopology.commandline.internal.view.Amounts;
import org.reactortopology.commandline.internal.view.JobJson;
import org.reactortopology.commandline.internal.view.LiveProgress;
import org.reactortopology.commandline.internal.view.Texts;
import org.reactortopology.job.JobException;
import org.reactortopology.job.JobRun;
import org.reactortopology.job.LedgerException;

/** A run of a job from its begin to its end: progress and failures on the standard error, what came out on the standard output. */
final class RunInForeground {

    /** Failures that are told of; the ledger has all. */
    private static final int TOLD = 10;

    private final String name;
    private final JobRun<?> run;
    private final Surface surface;
    private final String program;
    private final PrintWriter out;
    private final PrintWriter err;
    private final AtomicReference<Progress> latest = // written by the run's threads
            new AtomicReference<>(new Progress(OptionalLong.empty(), 0, 0, 0, 0, Duration.ZERO));
    private final List<String> failures =
            new ArrayList<>(TOLD); // used by the thread of the outcomes, then by the caller's

    RunInForeground(String name, JobRun<?> run, Surroundings surroundings, JobCommand command) {
        this.name = name;
        this.run = run;
        this.surface = surroundings.surface();
        this.program = command.program();
        this.out = command.out();
        this.err = command.err();
    }

    /**
     * Runs to the end, or until a signal ends it; gives the exit code.
     *
     * @throws JobException if it is refused: nothing was run
     */
    int run(Duration drainTimeout, boolean json) {
        run.progress().subscribe(latest::set);
        @Nullable TopologyException broken;
        try (EndOnSignal signals = new EndOnSignal(run, drainTimeout, "items", this::tell);
                LiveProgress progress = LiveProgress.of(run, name, "items", err, surface)) {
            broken = outcomes();
        }
        RunReport report = Objects.requireNonNull(run.report().block());
        int exitCode = exitCode(report, broken, latest.get().total());
        tellFailures(report.counts().failures());
        if (broken != null) {
            tell((broken instanceof HaltedException ? "given up: " : "the run broke: ") + broken.getMessage());
        } else if (exitCode == ExitCodes.INTERRUPTED) {
            tell("ended early: go on with " + program + " resume " + directory());
        }
        out.println(json ? JobJson.text(JobJson.of(report, run.directory().toString(), exitCode)) : summary(report));
        return exitCode;
    }

    private static int exitCode(RunReport report, @Nullable TopologyException broken, OptionalLong total) {
        return broken != null && !(broken instanceof HaltedException) ? ExitCodes.BROKEN : ExitCodes.of(report, total);
    }

    private @Nullable TopologyException outcomes() {
        try {
            run.outcomes().doOnNext(this::note).blockLast();
            return null;
        } catch (JobException e) {
            if (isRefusal(e)) {
                throw e;
            }
            return e;
        } catch (TopologyException e) {
            return e;
        }
    }

    /** A job that is refused has run nothing; one whose ledger fails later has broken. */
    private boolean isRefusal(JobException e) {
        return !(e instanceof LedgerException) && latest.get().taken() == 0;
    }

    private void note(Outcome<?> outcome) {
        if (outcome.isFailure() && failures.size() < TOLD) {
            failures.add(summary(outcome));
        }
    }

    private static String summary(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failed<?> failed) {
            return failed.summary();
        } else if (outcome instanceof Outcome.TimedOut<?> timedOut) {
            return timedOut.summary();
        }
        return outcome instanceof Outcome.Crashed<?> crashed ? crashed.summary() : outcome.toString();
    }

    private void tellFailures(long all) {
        failures.forEach(this::tell);
        if (all > failures.size()) {
            tell(Amounts.count(all - failures.size()) + " more failed: see " + program + " failures " + directory());
        }
    }

    /** For hints. */
    private String directory() {
        return Texts.shell(run.directory().toString());
    }

    private void tell(String line) {
        err.println(name + ": " + Texts.printable(line));
        err.flush();
    }

    private String summary(RunReport report) {
        RunReport.Counts counts = report.counts();
        double seconds = Math.max(1e-9, report.wall().toNanos() / 1e9);
        StringBuilder line = new StringBuilder(name + ": " + Amounts.count(counts.done() + counts.consumed())
                + " done, " + Amounts.count(counts.failures()) + " failed, " + Amounts.count(counts.skipped())
                + " skipped");
        if (counts.unfinished() > 0) {
            line.append(", ").append(Amounts.count(counts.unfinished())).append(" unfinished");
        }
        return line + " in " + Amounts.time(report.wall()) + " ("
                + Amounts.rate((counts.ended() - counts.skipped()) / seconds) + "); job: " + run.directory();
    }
}
