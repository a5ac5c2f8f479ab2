package org.reactortopology.commandline.internal.command;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.commandline.internal.terminal.Redrawing;
import org.reactortopology.commandline.internal.terminal.Signals;
import org.reactortopology.commandline.internal.terminal.Size;
import org.reactortopology.commandline.internal.view.StatusView;
import org.reactortopology.commandline.internal.view.Texts;
import org.reactortopology.commandline.internal.view.WatchView;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.JobStatus.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Shows a job until it ends, whatever process runs it. */
@Command(
        name = "watch",
        description = {
            "Shows how a job goes on until its run has ended or died, whatever process runs it.",
            "On a terminal it is drawn in place, elsewhere a line is printed now and then. NO_COLOR is honoured."
        },
        exitCodeList = {
            "0:all items of the job are done",
            "1:some items failed, and the others are done; or it was given up by a rule",
            "2:wrong usage, or there is no such job",
            "3:its run broke or was killed",
            "4:with --once: it is running",
            "130:a signal ended this command (the job goes on), or the run has ended and items are left that were not run"
        })
public final class WatchCommand extends JobCommand {

    private static final double ON_TERMINAL = 1;
    private static final double ELSEWHERE = 10;

    @Mixin
    private DirectoryParameter job = new DirectoryParameter();

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Time between two looks at the job (default: 1 on a terminal, 10 elsewhere).")
    private @Nullable Double interval;

    @Option(names = "--once", description = "Show it once and end.")
    private boolean once;

    /** In these surroundings. */
    public WatchCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int execute() {
        Duration period = period();
        JobView view = surroundings.jobs().apply(job.directory);
        if (once) {
            JobStatus status = view.status();
            print(view(surroundings.surface().size()).lines(status, now()));
            tellEnd(status);
            return StatusCodes.of(status);
        }
        JobStatus last = surroundings.surface().outputIsTerminal() ? drawn(view, period) : told(view, period);
        if (last == null || last.state() == State.RUNNING) {
            err().println("watch: ended by a signal; the job goes on");
            return ExitCodes.INTERRUPTED;
        }
        tellEnd(last);
        return StatusCodes.of(last);
    }

    private Duration period() {
        double seconds =
                interval == null ? surroundings.surface().outputIsTerminal() ? ON_TERMINAL : ELSEWHERE : interval;
        if (!(seconds >= 0.1 && seconds <= 86_400)) {
            throw new UsageException("--interval is " + seconds + ": give 0.1 to 86400 seconds");
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private @Nullable JobStatus drawn(JobView view, Duration period) {
        AtomicReference<Size> size =
                new AtomicReference<>(surroundings.surface().size());
        Sinks.Many<Long> resized = Sinks.many().multicast().directBestEffort();
        try (Redrawing screen = new Redrawing(out(), size.get());
                Signals winch = Signals.handle(
                        signal -> {
                            size.set(surroundings.surface().size());
                            resized.tryEmitNext(0L);
                        },
                        "WINCH")) {
            return follow(view, period, resized.asFlux(), status -> {
                Size room = size.get();
                screen.draw(view(room).lines(status, now()), room);
            });
        }
    }

    private @Nullable JobStatus told(JobView view, Duration period) {
        return follow(view, period, Flux.never(), status -> {
            out().println(now().truncatedTo(ChronoUnit.SECONDS) + " "
                    + head(status, now()).oneLine());
            out().flush();
        });
    }

    /** Looks at the job in that period until its run has ended, or until a signal comes; gives what was seen last. */
    private @Nullable JobStatus follow(JobView view, Duration period, Flux<Long> more, Consumer<JobStatus> show) {
        Scheduler scheduler = Schedulers.newSingle("topology-watch", true);
        Sinks.Empty<Void> ended = Sinks.empty();
        try (Signals signals = Signals.handle(signal -> ended.tryEmitEmpty(), "INT", "TERM", "HUP")) {
            return Flux.merge(Flux.interval(Duration.ZERO, period), more)
                    .onBackpressureLatest()
                    .publishOn(scheduler, 1)
                    .map(tick -> view.status())
                    .doOnNext(show)
                    .takeUntil(status -> status.state() != State.RUNNING)
                    .takeUntilOther(ended.asMono())
                    .blockLast();
        } finally {
            scheduler.dispose();
        }
    }

    private void tellEnd(JobStatus status) {
        if (status.state() == State.RUNNING) {
            return;
        }
        int width = Math.max(40, columns());
        if (status.state() == State.KILLED) {
            print(Texts.wrapped("its owner, " + status.owner() + ", has died", width));
        }
        status.error().ifPresent(error -> print(Texts.wrapped("error: " + error, width)));
        String next = head(status, now()).nextStep(program());
        if (!next.isEmpty()) {
            print(Texts.wrapped(next, width));
        }
    }

    private WatchView view(Size room) {
        return new WatchView(room, surroundings.clock().getZone(), colour());
    }

    private StatusView head(JobStatus status, Instant now) {
        return new StatusView(status, now, surroundings.clock().getZone(), columns(), colour());
    }

    private Instant now() {
        return surroundings.clock().instant();
    }
}
