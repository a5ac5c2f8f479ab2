package org.reactortopology.job.internal.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.Progress;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.TopologyRun;
import org.reactortopology.job.internal.ledger.Admission;
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

    private final Scheduler.Worker requests;

    /** Completes when the directory is closed. */
    private final Sinks.Empty<Void> closed = Sinks.empty();

    /** These are of the thread of the ledger. */
    private @Nullable OpenJob job;

    private @Nullable Samples samples;
    private @Nullable Future<?> beats;
    private @Nullable Throwable ledgerFailure;
    private boolean blind;
    private Path ledger = Path.of("");

    /** @param requests where the run is subscribed to and asked for more, which may run what the user wrote */
    Recording(
            TopologyRun<O> inner,
            JobObserver observer,
            Sinks.One<RunReport> report,
            int buffer,
            Scheduler.Worker requests,
            CoreSubscriber<? super Outcome<O>> actual) {
        this.inner = inner;
        this.observer = observer;
        this.report = report;
        this.requests = requests;
        this.pulse = new Pulse(inner);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread ledger = new Thread(task, "topology-ledger");
            ledger.setDaemon(
                    false); // or a program that ends behind the last signal ends before the directory is closed
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
        thread.execute(() -> open(door));
        inner.report()
                .subscribe(told ->
                        thread.execute(() -> end(told))); // behind the opening, also of a run that is stopped meanwhile
    }

    private void open(Door door) {
        try {
            OpenJob opened = door.open(commit::fail);
            job = opened;
            ledger = opened.files().ledger();
            samples = new Samples(opened.run().number());
            beats = thread.scheduleAtFixedRate(this::sample, 0, PULSE_SECONDS, TimeUnit.SECONDS);
            requests.schedule(() -> inner.outcomes().subscribe(commit));
        } catch (Throwable e) { // the run is not begun at all
            commit.fail(e);
            inner.stop();
        }
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
    public Throwable failed(Throwable cause, List<Outcome<O>> lost) {
        return LedgerProblem.of(ledger, cause, unrecorded(lost));
    }

    @Override
    public void late(List<Outcome<O>> lost) {
        LOG.warn("'{}': these outcomes came late and are not recorded either: {}", ledger, unrecorded(lost));
    }

    /** Keys that a resume runs again. */
    private List<String> unrecorded(List<Outcome<O>> lost) {
        return lost.stream()
                .filter(outcome -> !OpenJob.isLeftOut(outcome, observer) && !isRecorded(outcome))
                .map(Outcome::key)
                .toList();
    }

    /** Whether it went on with a value that an earlier run has kept. */
    private boolean isRecorded(Outcome<O> outcome) {
        return !outcome.isFailure() && Admission.ALREADY_DONE.equals(observer.refusal(outcome.key()));
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
        } catch (Throwable e) {
            return Mono.error(fail(e));
        }
    }

    /** Remembers the first failure of the ledger, and gives it. */
    private Throwable fail(Throwable cause) {
        Throwable first = ledgerFailure == null ? commit.loss() : ledgerFailure;
        ledgerFailure = first == null ? failed(cause, List.of()) : first;
        return ledgerFailure;
    }

    private void sample() {
        OpenJob open = job;
        Samples into = samples;
        if (open == null || into == null || ledgerFailure != null || commit.isUnwritable()) {
            return;
        }
        Pulse.Beat beat = looked(pulse::beat);
        if (beat == null) {
            return;
        }
        try {
            open.writer().write(connection -> into.write(connection, beat.sample(), beat.progress()));
        } catch (Throwable e) {
            commit.giveUp(e);
        }
    }

    /** What a look at the run has given; null if it cannot be looked at, which harms no outcome. */
    private <T> @Nullable T looked(Supplier<@Nullable T> look) {
        try {
            return look.get();
        } catch (Throwable e) {
            if (!blind) {
                LOG.warn(
                        "the progress of the run that '{}' records cannot be seen, and is missing in its report",
                        ledger,
                        e);
            }
            blind = true;
            return null;
        }
    }

    /** The run is over, and nothing comes any more. */
    private void end(RunReport told) {
        OpenJob open = job;
        RunReport ended;
        try {
            ended = open == null ? ended(told) : close(open, told);
        } catch (Throwable e) { // those who wait must hear of the end, whatever happens
            ended = failed(told, fail(e));
            release(open);
        }
        finish(ended);
    }

    private static void release(@Nullable OpenJob open) {
        try {
            if (open != null) {
                open.lock().close();
            }
        } catch (IOException e) {
            LOG.warn("a lock is not given back", e);
        }
    }

    private RunReport close(OpenJob open, RunReport told) {
        if (beats != null) {
            beats.cancel(false);
        }
        sample();
        Progress progress = looked(pulse::progress);
        ledgerFailure = commit.loss() == null ? ledgerFailure : commit.loss();
        job = null;
        RunReport ended = ended(told);
        OptionalLong total = progress == null ? OptionalLong.empty() : progress.total();
        Throwable failure = new Closing(open, ended, total, observer.missing()).close();
        return failure == null || ledgerFailure != null ? ended : failed(ended, fail(failure));
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
    private void finish(RunReport ended) {
        try {
            if (ledgerFailure == null) {
                closed.tryEmitEmpty();
            } else {
                closed.tryEmitError(ledgerFailure);
            }
            commit.over();
        } finally {
            try {
                report.tryEmitValue(ended);
            } finally {
                requests.dispose();
                thread.shutdown();
            }
        }
    }
}
