package org.reactortopology.commandline;

import java.io.PrintWriter;
import java.time.Duration;
import org.reactortopology.Progress;
import org.reactortopology.TopologyRun;
import org.reactortopology.commandline.internal.terminal.Terminal;
import org.reactortopology.commandline.internal.view.ProgressBarOnTerminal;
import org.reactortopology.commandline.internal.view.ProgressLines;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Shows on the standard error how far a run has come: a bar with rate and time left on a terminal, and elsewhere a line every
 * {@value #SECONDS_BETWEEN_LINES} s. Items that are skipped count as progress and not as rate. It follows the run from its making to {@link #close()},
 * on a thread of its own, and takes nothing from it: no outcome waits for it.
 */
public final class ProgressDisplay implements AutoCloseable {

    /** Time between two lines where there is no terminal, in seconds. */
    public static final int SECONDS_BETWEEN_LINES = 10;

    private final Disposable updates;
    private final AutoCloseable shown;
    private final Scheduler scheduler;

    private ProgressDisplay(Disposable updates, AutoCloseable shown, Scheduler scheduler) {
        this.updates = updates;
        this.shown = shown;
        this.scheduler = scheduler;
    }

    /**
     * Shows that run from now on.
     *
     * @param name what is run, one word
     * @param items what the items are called, in the plural
     * @param err where lines go; a bar goes to {@link System#err}
     */
    public static ProgressDisplay of(TopologyRun<?> run, String name, String items, PrintWriter err) {
        Scheduler scheduler = Schedulers.newSingle("topology-progress", true);
        if (Terminal.ofProcess().errorIsTerminal()) {
            ProgressBarOnTerminal bar = new ProgressBarOnTerminal(name, items, System.err, System::nanoTime);
            Flux<Progress> snapshots = run.progress().sample(Duration.ofMillis(200));
            return new ProgressDisplay(snapshots.publishOn(scheduler, 1).subscribe(bar::show), bar, scheduler);
        }
        return lines(run.progress(), new ProgressLines(name, items, err, System::nanoTime), scheduler);
    }

    private static ProgressDisplay lines(Flux<Progress> snapshots, ProgressLines lines, Scheduler scheduler) {
        Duration period = Duration.ofSeconds(SECONDS_BETWEEN_LINES);
        Disposable noted = snapshots.subscribe(lines::note);
        Disposable told =
                Flux.interval(period, period, scheduler).onBackpressureDrop().subscribe(tick -> lines.tell());
        return new ProgressDisplay(
                () -> {
                    noted.dispose();
                    told.dispose();
                },
                lines,
                scheduler);
    }

    /** Ends what is shown. */
    @Override
    public void close() {
        updates.dispose();
        scheduler.dispose();
        try {
            shown.close();
        } catch (Exception e) {
            throw new IllegalStateException("the progress cannot be ended: " + e, e);
        }
    }
}
