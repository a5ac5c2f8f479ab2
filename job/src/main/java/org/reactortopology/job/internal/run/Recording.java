package org.reactortopology.job.internal.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.Progress;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.TopologyRun;
import org.reactortopology.job.LedgerException;
import org.reactortopology.job.internal.ledger.Samples;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One execution: opens the directory, writes what comes, and closes it, all on one thread of its own. */
final class Recording<O> implements GroupLog<Outcome<O>> {

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    /** How long the last signal waits for the threads and processes of the run, so that its end is written down when it comes. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final long PULSE_SECONDS = 1;

    private final TopologyRun<O> inner;
    private final JobObserver observer;
    private final Sinks.One<RunReport> report;
    private final GroupCommit<Outcome<O>> commit;
    private final Pulse pulse;

    /** The thread of the ledger, which ends with the run. */
    private final ScheduledExecutorService thread;

    private final Scheduler scheduler;

    /** Where the run is subscribed to and asked for more. */
    private final Scheduler.Worker requests = Schedulers.boundedElastic().createWorker();

    /** Completes when the directory is closed. */
    private final Sinks.Empty<Void> closed = Sinks.empty();

    /** These are of the thread of the ledger. */
    private @Nullable OpenJob job;

    private @Nullable Samples samples;
    private @Nullable Future<?> beats;
    private @Nullable Throwable ledgerFailure;
    private OptionalLong total = OptionalLong.empty();

    Recording(
            TopologyRun<O> inner,
            JobObserver observer,
            Sinks.One<RunReport> report,
            int buffer,
            CoreSubscriber<? super Outcome<O>> actual) {
        this.inner = inner;
        this.observer = observer;
        this.report = report;
        this.pulse = new Pulse(inner);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread ledger = new Thread(task, "topology-ledger");
            ledger.setDaemon(true);
            return ledger;
        });
        this.scheduler = Schedulers.fromExecutorService(thread, "topology-ledger");
        this.commit = new GroupCommit<>(actual, thread, requests::schedule, buffer, this);
    }

    /** Takes the directory. */
    @FunctionalInterface
    interface Door {
        /** Opens it; {@code failed} gets what breaks the run later on. */
        OpenJob open(Consumer<Throwable> failed) throws Exception;
    }

    /** Begins; the subscriber gets what it is to see. */
    void begin(CoreSubscriber<? super Outcome<O>> actual, Door door) {
        actual.onSubscribe(commit);
        thread.execute(() -> {
            try {
                open(door.open(commit::fail));
            } catch (Exception | Error e) {
                refuse(e);
            }
        });
    }

    private void open(OpenJob opened) {
        job = opened;
        samples = new Samples(opened.run().number());
        inner.report().subscribe(told -> thread.execute(() -> close(opened, told)));
        beats = thread.scheduleAtFixedRate(this::sample, 0, PULSE_SECONDS, TimeUnit.SECONDS);
        requests.schedule(() -> inner.outcomes().subscribe(commit));
    }

    /** The run is not begun at all. */
    private void refuse(Throwable reason) {
        commit.fail(reason);
        inner.report().subscribe(told -> thread.execute(() -> finish(failed(told, reason), null)));
        inner.stop();
    }

    @Override
    public List<Outcome<O>> write(List<Outcome<O>> group) throws Exception {
        OpenJob open = job;
        if (open == null) {
            LOG.debug("{} outcomes came after the end of the run", group.size());
            return List.of();
        }
        return open.write(group, observer);
    }

    @Override
    public Throwable failed(Exception cause, List<Outcome<O>> lost) {
        OpenJob open = job;
        LedgerException failure = LedgerProblem.of(
                open == null ? java.nio.file.Path.of("") : open.files().ledger(),
                cause,
                lost.stream()
                        .filter(outcome -> observer.refusal(outcome.key()) == null)
                        .map(Outcome::key)
                        .toList());
        ledgerFailure = failure;
        return failure;
    }

    @Override
    public Mono<Void> end() {
        return closed.asMono().timeout(GRACE, Mono.defer(this::checked).subscribeOn(scheduler));
    }

    /** Not closed yet: a work does not end, or a process. What has come is written at least. */
    private Mono<Void> checked() {
        OpenJob open = job;
        if (open == null) {
            return closed.asMono();
        }
        try {
            open.writer().check();
            return Mono.empty();
        } catch (Exception e) {
            return Mono.error(failed(e, List.of()));
        }
    }

    private void sample() {
        OpenJob open = job;
        Samples into = samples;
        if (open == null || into == null || ledgerFailure != null) {
            return;
        }
        try {
            Pulse.Beat beat = pulse.beat();
            open.writer().write(connection -> into.write(connection, beat.sample(), beat.progress()));
        } catch (Exception e) {
            commit.giveUp(e); // which tells what is lost
            if (ledgerFailure == null) {
                ledgerFailure = failed(e, List.of());
            }
        }
    }

    private void close(OpenJob open, RunReport told) {
        if (beats != null) {
            beats.cancel(false);
        }
        sample();
        total = Optional.ofNullable(pulse.progress()).map(Progress::total).orElse(OptionalLong.empty());
        job = null;
        RunReport ended = ended(told);
        Exception failure = new Closing(open, ended, total, observer.missing()).close();
        Throwable broken =
                failure == null ? null : LedgerProblem.of(open.files().ledger(), failure, List.of());
        if (broken != null && ledgerFailure == null) {
            ledgerFailure = broken;
            ended = failed(ended, broken);
        }
        finish(ended, broken);
    }

    /** As the run ended for its subscriber, who cannot know that upstream was cancelled for the sake of the ledger. */
    private RunReport ended(RunReport told) {
        Throwable broken = ledgerFailure != null ? ledgerFailure : commit.failure();
        if (broken != null) {
            return failed(told, broken);
        }
        return commit.isCancelled() && told.state() == RunState.STOPPED ? with(told, RunState.CANCELLED, null) : told;
    }

    private static RunReport failed(RunReport told, Throwable error) {
        return with(told, RunState.FAILED, error);
    }

    private static RunReport with(RunReport told, RunState state, @Nullable Throwable error) {
        return new RunReport(
                told.topology(),
                state,
                told.counts(),
                told.wall(),
                told.works(),
                told.workers(),
                told.results(),
                Optional.ofNullable(error));
    }

    /** The outcomes end before the report comes, as of any run. */
    private void finish(RunReport ended, @Nullable Throwable broken) {
        try {
            if (broken == null) {
                closed.tryEmitEmpty();
            } else {
                closed.tryEmitError(broken);
            }
        } finally {
            report.tryEmitValue(ended);
            requests.dispose();
            thread.shutdown();
        }
    }
}
