package org.reactortopology.multiprocess.internal.coordinator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport.WorkerReport;
import org.reactortopology.TopologyException;
import org.reactortopology.internal.engine.Lanes;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.WorkerDiedException;
import org.reactortopology.multiprocess.WorkerStartException;
import org.reactortopology.multiprocess.internal.payload.StartMessage;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import org.reactortopology.multiprocess.internal.wire.Cancel;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Goodbye;
import org.reactortopology.multiprocess.internal.wire.Start;
import org.reactortopology.spi.Execution;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.RunRecorder;
import org.reactortopology.spi.TopologyPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * One run over workers: splits the source, feeds the workers what they have room for, merges their outcomes, ends when all are in. Everything
 * it decides, it decides in its mailbox, on one thread; it knows no socket and no process.
 */
public final class Coordinator {

    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final int RUN = 1;
    private static final Duration EXIT_WAIT = Duration.ofSeconds(5);

    /** What a frame may carry beyond one item of the largest size: the rest of a batch and the entries' own fields. */
    private static final int FRAME_SLACK = 1024 * 1024;

    private final TopologyPlan plan;
    private final StartMessage start;
    private final RunSettings settings;
    private final Codec codec;
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

    /** Confined to the mailbox, like all below. */
    private @Nullable Assignment assignment;

    private boolean ending;

    /** A run that begins when its outcomes are subscribed to. */
    public Coordinator(
            TopologyPlan plan,
            StartMessage start,
            RunSettings settings,
            Codec codec,
            WorkerLauncher launcher,
            RunRecorder recorder) {
        this.plan = plan;
        this.start = start;
        this.settings = settings;
        this.codec = codec;
        this.launcher = launcher;
        this.recorder = recorder;
        int number = RUNS.incrementAndGet();
        thread = Lanes.oneThread("topology-coordinator-" + number);
        subscriberThread = Lanes.oneThread("topology-outcomes-" + number);
        mailbox = new Mailbox(thread.scheduler(), this::defect);
        int mayWait = settings.outcomeItemShare() * settings.workers() + Assignment.OWN_OUTCOMES;
        port = new OutcomePort(mailbox, subscriberThread.scheduler(), mayWait, this::pump);
        dialogue = new WorkerDialogue(plan, start.fingerprint(), codec, port, recorder.works());
    }

    /** Longest body of a frame that the settings allow to cross, in bytes. */
    public static int maxBodyBytes(int maxItemBytes) {
        return (int) Math.min(Integer.MAX_VALUE, (long) maxItemBytes + FRAME_SLACK);
    }

    /** The run. */
    public Execution execution() {
        Flux<Outcome<Object>> outcomes = Flux.defer(() -> {
            recorder.workers(this::reports);
            mailbox.post(this::begin);
            return port.outcomes().doOnCancel(() -> mailbox.post(() -> end(null, true)));
        });
        Mono<Void> threads = Mono.defer(() -> Mono.when(thread.release(), subscriberThread.release()));
        return new Execution(outcomes, workersGone.asMono().then(threads));
    }

    /** Something here threw that should not have; the run cannot be trusted to go on. */
    private void defect(Throwable thrown) {
        end(new TopologyException("topology '" + plan.name() + "': the coordinator failed: " + thrown, thrown), false);
    }

    private void begin() {
        atEnd.add(Feeds.of(plan, settings.workers())
                .subscribe(feeds -> mailbox.post(() -> open(feeds)), error -> mailbox.post(() -> end(error, false))));
    }

    private void open(Feeds feeds) {
        if (ending) {
            return;
        }
        feeds.total().ifPresent(recorder::total);
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
        assignment = new Assignment(plan.source().name(), codec, settings, port, links, feeds);
        links.forEach(this::launch);
    }

    private int workers(Feeds feeds) {
        return feeds.shared()
                ? (int) Math.min(settings.workers(), feeds.total().orElse(Long.MAX_VALUE))
                : feeds.partitions().size();
    }

    private Feed feed(Flux<Item> items) {
        return new Feed(recorder.countTaken(items), mailbox, this::pump);
    }

    private void launch(WorkerLink link) {
        launcher.launch(link.id())
                .subscribe(
                        launched -> mailbox.post(() -> connected(link, launched)),
                        error -> mailbox.post(() -> end(error, false)));
        atEnd.add(Schedulers.parallel()
                .schedule(
                        () -> mailbox.post(() -> startOverdue(link)),
                        settings.startTimeout().toMillis(),
                        TimeUnit.MILLISECONDS));
    }

    private void connected(WorkerLink link, WorkerLauncher.Launched launched) {
        if (ending) {
            launched.connection().send(new Goodbye());
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
        link.send(new Start(RUN, start.encode()));
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
            end(
                    links.stream()
                            .map(link -> link.feed().error())
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null),
                    false);
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
                .timeout(EXIT_WAIT, Mono.just("its process was not seen to end within " + EXIT_WAIT.toSeconds() + " s"))
                .subscribe(ending -> mailbox.post(() -> end(died(link, was, broken + ending), false)));
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
            link.send(new Goodbye());
        }
        launcher.release(error == null && !early)
                .onErrorResume(failure -> {
                    LOG.warn("topology '{}': workers were not ended cleanly", plan.name(), failure);
                    return Mono.empty();
                })
                .subscribe(
                        nothing -> {},
                        failure -> {},
                        () -> mailbox.post(() -> {
                            port.end(error);
                            workersGone.tryEmitEmpty();
                        }));
    }

    private List<WorkerReport> reports() {
        return links.stream().map(WorkerLink::report).toList();
    }
}
