package org.reactortopology.multiprocess.internal.coordinator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.RunReport.WorkerReport;
import org.reactortopology.TopologyException;
import org.reactortopology.internal.engine.Lanes;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.WorkerDiedException;
import org.reactortopology.multiprocess.WorkerStartException;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import org.reactortopology.multiprocess.internal.wire.Cancel;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Start;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.RunRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The slice of one run as an operator: splits the items that enter, feeds workers what they have room for, merges what comes back, ends when all
 * are in. Everything it decides, it decides in its mailbox, on one thread; it knows no socket and no process.
 */
public final class Coordinator {

    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final int RUN = 1;
    private static final Duration EXIT_WAIT = Duration.ofSeconds(5);

    /** What a frame may carry beyond one item of the largest size: the rest of a batch and the entries' own fields. */
    private static final int FRAME_SLACK = 1024 * 1024;

    private final WorkerSlice slice;
    private final RunSettings settings;
    private final WorkerLauncher launcher;
    private final RunRecorder recorder;

    private final Lanes thread;
    private final Lanes subscriberThread;
    private final Mailbox mailbox;
    private final OutcomePort port;
    private final WorkerDialogue dialogue;
    private final Disposable.Composite atEnd = Disposables.composite();
    private final Sinks.Empty<Void> workersGone = Sinks.empty();

    /** Written once by the mailbox; read by whoever makes the report. */
    private volatile List<WorkerLink> links = List.of();

    /** Written by the mailbox before the items end; read when they have. */
    private volatile @Nullable Throwable sourceError;

    /** Confined to the mailbox, like all below. */
    private @Nullable Assignment assignment;

    private final Departure departure;

    private boolean ending;

    /** Gives what the aggregates of workers came to, by name, to {@code accumulators}, in the mailbox. */
    Coordinator(
            WorkerSlice slice,
            String fingerprint,
            RunSettings settings,
            Codec codec,
            WorkerLauncher launcher,
            RunRecorder recorder,
            BiConsumer<String, Object> accumulators) {
        this.slice = slice;
        this.settings = settings;
        this.launcher = launcher;
        this.recorder = recorder;
        int number = RUNS.incrementAndGet();
        thread = Lanes.oneThread("topology-coordinator-" + number);
        subscriberThread = Lanes.oneThread("topology-outcomes-" + number);
        mailbox = new Mailbox(thread.scheduler(), this::defect);
        int mayWait = settings.outcomeItemShare() * settings.workers() + Assignment.OWN_OUTCOMES;
        port = new OutcomePort(mailbox, subscriberThread.scheduler(), mayWait, this::pump);
        dialogue = new WorkerDialogue(slice, fingerprint, codec, port, recorder.works(), accumulators);
        departure = new Departure(slice, codec, settings.maxItemBytes(), port);
    }

    /** Longest body of a frame that the settings allow to cross, in bytes. */
    public static int maxBodyBytes(int maxItemBytes) {
        return (int) Math.min(Integer.MAX_VALUE, (long) maxItemBytes + FRAME_SLACK);
    }

    /**
     * What leaves the slice for what enters it, on a thread where a subscriber may block. Subscribed to once. Completes also when what enters ends
     * with an error, which {@link #sourceError} then is.
     *
     * @param message what workers need to build the topology
     */
    Flux<Item> over(Flux<Item> entering, byte[] message) {
        return Flux.deferContextual(context -> {
            recorder.workers(this::reports);
            mailbox.post(() -> begin(entering.contextWrite(context), message));
            return port.items().doOnCancel(() -> mailbox.post(() -> end(null, true)));
        });
    }

    /** What the items that entered ended with, if that was an error. */
    @Nullable
    Throwable sourceError() {
        return sourceError;
    }

    /** Ends what has not ended by itself; completes when no worker is left. */
    Mono<Void> released() {
        return Mono.defer(() -> {
            mailbox.post(() -> end(null, true));
            return workersGone.asMono();
        });
    }

    /** Lets the threads end; completes when they have. */
    Mono<Void> threads() {
        return Mono.defer(() -> Mono.when(thread.release(), subscriberThread.release()));
    }

    /** Where a subscriber may block. */
    Scheduler subscriberThread() {
        return subscriberThread.scheduler();
    }

    /** Something here threw that should not have; the run cannot be trusted to go on. */
    private void defect(Throwable thrown) {
        end(
                new TopologyException(
                        "topology '" + slice.plan().name() + "': the coordinator failed: " + thrown, thrown),
                false);
    }

    private void begin(Flux<Item> entering, byte[] message) {
        if (ending) {
            return;
        }
        atEnd.add(Feeds.of(slice, entering, settings.workers())
                .subscribe(
                        feeds -> mailbox.post(() -> open(feeds, message)),
                        error -> mailbox.post(() -> end(error, false))));
    }

    private void open(Feeds feeds, byte[] message) {
        if (ending) {
            return;
        }
        if (slice.startsAtSource()) {
            feeds.total().ifPresent(recorder::total);
        }
        if (feeds.partitions().isEmpty()) {
            end(null, false);
            return;
        }
        List<WorkerLink> made = new ArrayList<>();
        Feed common = feed(feeds.partitions().get(0));
        for (int id = 0; id < workers(feeds); id++) {
            Feed own =
                    feeds.shared() || id == 0 ? common : feed(feeds.partitions().get(id));
            made.add(new WorkerLink(id, RUN, own, settings, System::nanoTime));
        }
        links = List.copyOf(made);
        assignment = new Assignment(slice, settings, port, departure, links, feeds);
        links.forEach(link -> launch(link, message));
    }

    private int workers(Feeds feeds) {
        return feeds.shared()
                ? (int) Math.min(settings.workers(), feeds.total().orElse(Long.MAX_VALUE))
                : feeds.partitions().size();
    }

    private Feed feed(Flux<Item> items) {
        // what comes by way of the engine has been counted where it left the source
        Flux<Item> counted = slice.series().isPresent() ? recorder.countTaken(items) : items;
        return new Feed(counted, mailbox, this::pump);
    }

    private void launch(WorkerLink link, byte[] message) {
        launcher.launch(0)
                .subscribe(
                        launched -> mailbox.post(() -> connected(link, launched, message)),
                        error -> mailbox.post(() -> end(error, false)));
        atEnd.add(Schedulers.parallel()
                .schedule(
                        () -> mailbox.post(() -> startOverdue(link)),
                        settings.startTimeout().toMillis(),
                        TimeUnit.MILLISECONDS));
    }

    private void connected(WorkerLink link, WorkerLauncher.Launched launched, byte[] message) {
        if (ending) {
            launched.giveBack();
            return;
        }
        link.connected(launched);
        launched.connection().allow(maxBodyBytes(settings.maxItemBytes()));
        launched.connection().receive(new FrameReceiver() {
            @Override
            public void frame(Frame frame) {
                mailbox.post(() -> handle(link, frame));
            }

            @Override
            public void closed(@Nullable Throwable cause) {
                mailbox.post(() -> lost(link, cause));
            }
        });
        link.send(new Start(RUN, message));
    }

    private void startOverdue(WorkerLink link) {
        if (link.state() == WorkerLink.State.STARTING || link.state() == WorkerLink.State.CONNECTED) {
            end(
                    new WorkerStartException("worker " + link.id() + " was not ready within "
                            + settings.startTimeout().toMillis()
                            + " ms: see what its factory does, or raise startTimeout"),
                    false);
        }
    }

    private void handle(WorkerLink link, Frame frame) {
        if (ending) {
            return;
        }
        try {
            dialogue.heard(link, frame);
        } catch (TopologyException e) {
            end(e, false);
        }
        pump();
    }

    /** Does all that has become possible. */
    private void pump() {
        if (ending || assignment == null) {
            return;
        }
        links.forEach(WorkerLink::grantOutcomes);
        assignment.assign();
        links.stream().filter(link -> link.feed().exhausted()).forEach(WorkerLink::endItems);
        if (links.stream().allMatch(Coordinator::isOver)) {
            sourceError = links.stream()
                    .map(link -> link.feed().error())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            end(sourceError, false);
        }
    }

    /** A worker that is still starting when the source is exhausted is not waited for. */
    private static boolean isOver(WorkerLink link) {
        return link.feed().exhausted()
                && switch (link.state()) {
                    case FINISHED, STARTING, CONNECTED -> true;
                    case READY, GONE -> false;
                };
    }

    private void lost(WorkerLink link, @Nullable Throwable cause) {
        WorkerLink.State was = link.state();
        if (ending || was == WorkerLink.State.FINISHED || was == WorkerLink.State.GONE) {
            return;
        }
        link.state(WorkerLink.State.GONE);
        WorkerLauncher.Launched launched = Objects.requireNonNull(link.launched());
        String broken = cause == null ? "" : "its connection broke: " + cause.getMessage() + "; ";
        launched.ending()
                .timeout(
                        EXIT_WAIT,
                        Mono.just(WorkerEnding.unseen(
                                "its process was not seen to end within " + EXIT_WAIT.toSeconds() + " s")))
                .subscribe(ending -> mailbox.post(() -> end(died(link, was, broken + ending.text()), false)));
    }

    private static TopologyException died(WorkerLink link, WorkerLink.State was, String ending) {
        return was == WorkerLink.State.READY
                ? new WorkerDiedException(link.id(), link.pid(), ending, link.keysInFlight())
                : new WorkerStartException(
                        "worker " + link.id() + " (pid " + link.pid() + ") died before it was ready: " + ending);
    }

    private void end(@Nullable Throwable error, boolean early) {
        if (ending) {
            return;
        }
        ending = true;
        atEnd.dispose();
        for (WorkerLink link : links) {
            link.feed().cancel();
            if (error != null || early) {
                link.send(new Cancel(RUN));
            }
            link.giveBack();
        }
        launcher.release(links.isEmpty() || (error == null && !early))
                .onErrorResume(failure -> {
                    LOG.warn(
                            "topology '{}': workers were not ended cleanly",
                            slice.plan().name(),
                            failure);
                    return Mono.empty();
                })
                .subscribe(
                        nothing -> {},
                        failure -> {},
                        () -> mailbox.post(() -> {
                            port.end(error == sourceError ? null : error);
                            workersGone.tryEmitEmpty();
                        }));
    }

    private List<WorkerReport> reports() {
        return links.stream().map(WorkerLink::report).toList();
    }
}
