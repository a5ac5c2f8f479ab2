package org.reactortopology.commandline.internal.view;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Progress;
import org.reactortopology.TopologyRun;
import org.reactortopology.commandline.internal.terminal.Surface;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A bar on a terminal, and elsewhere a line now and then, by the latest snapshot of a run. */
public final class LiveProgress implements AutoCloseable {

    /** Time between two lines where there is no terminal, in seconds. */
    public static final int SECONDS_BETWEEN_LINES = 10;

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(SECONDS_BETWEEN_LINES);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Disposable noted;
    private final Disposable told;
    private final Runnable end;
    private final Scheduler scheduler;

    private LiveProgress(Disposable noted, Disposable told, Runnable end, Scheduler scheduler) {
        this.noted = noted;
        this.told = told;
        this.end = end;
        this.scheduler = scheduler;
    }

    /**
     * Shows that run from now on, on a thread of its own.
     *
     * @param err where lines go; a bar goes to the surface's error
     */
    public static LiveProgress of(TopologyRun<?> run, String name, String items, PrintWriter err, Surface surface) {
        boolean bar = surface.errorIsTerminal();
        return of(
                run.progress(),
                bar ? new ProgressBarOnTerminal(name, items, surface.error(), System::nanoTime) : null,
                new ProgressLines(name, items, err, System::nanoTime),
                Schedulers.newSingle("topology-progress", true));
    }

    /**
     * Shows these snapshots, of which a new subscriber gets the latest at once.
     *
     * @param bar shows them; null leaves it to the lines
     * @param scheduler its time; disposed of at the end
     */
    static LiveProgress of(
            Flux<Progress> snapshots, @Nullable ProgressBarOnTerminal bar, ProgressLines lines, Scheduler scheduler) {
        return bar == null ? lines(snapshots, lines, scheduler) : bar(snapshots, bar, scheduler);
    }

    private static LiveProgress bar(Flux<Progress> snapshots, ProgressBarOnTerminal bar, Scheduler scheduler) {
        AtomicReference<@Nullable Progress> latest =
                new AtomicReference<>(); // from the run's threads to the scheduler's
        Disposable noted = snapshots.subscribe(latest::set);
        Disposable told = every(BETWEEN_LOOKS, scheduler, () -> {
            Progress progress = latest.get();
            if (progress != null) {
                bar.show(progress);
            }
        });
        Runnable end = () -> {
            snapshots.take(1).subscribe(bar::showLast); // what came since the last look
            bar.close();
        };
        return new LiveProgress(noted, told, end, scheduler);
    }

    private static LiveProgress lines(Flux<Progress> snapshots, ProgressLines lines, Scheduler scheduler) {
        Disposable noted = snapshots.subscribe(lines::note);
        return new LiveProgress(noted, every(BETWEEN_LINES, scheduler, lines::tell), lines::close, scheduler);
    }

    private static Disposable every(Duration period, Scheduler scheduler, Runnable action) {
        return Flux.interval(period, period, scheduler).onBackpressureDrop().subscribe(tick -> action.run());
    }

    /** A bar shows the last counts; then nothing more is shown. */
    @Override
    public void close() {
        noted.dispose();
        told.dispose();
        end.run();
        scheduler.dispose();
    }
}
