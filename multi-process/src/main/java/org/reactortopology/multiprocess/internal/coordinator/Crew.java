package org.reactortopology.multiprocess.internal.coordinator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactortopology.QueueDepth;
import org.reactortopology.RunReport.WorkerReport;
import org.reactortopology.multiprocess.WorkerDiedException;
import org.reactortopology.multiprocess.WorkerStartException;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.transport.FrameReceiver;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import org.reactortopology.multiprocess.internal.wire.Cancel;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.Start;
import org.reactortopology.multiprocess.internal.wire.Stats;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The workers of a run: asks for one for each slot that needs it, lets go of those that others need, notices deaths and replaces the dead. Confined
 * to the mailbox.
 */
final class Crew {

    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

    /** How long the process of a broken connection may take to end. */
    private static final Duration EXIT_WAIT = Duration.ofSeconds(5);

    /** Workers that may fail to start, one after the other. */
    private static final int FAILED_STARTS = 3;

    /** A worker is taken as frozen when nothing has come from it in so many looks. */
    private static final int SILENT_LOOKS = 4;

    /** What a run does with its workers. */
    interface Owner {

        /** A worker sent this. */
        void heard(WorkerLink link, Frame frame);

        /** A worker died; no other is in its place yet. */
        void died(Slot slot, WorkerLink link, WorkerEnding ending, Optional<Set<Long>> busyWith);

        /** A worker came or went: there may be something to do. */
        void changed();

        /** There can be no more workers. */
        void failed(Throwable error);
    }

    private final int run;
    private final String topology;
    private final RunSettings settings;
    private final boolean aggregating;
    private final CrashPolicy crashPolicy;
    private final WorkerLauncher launcher;
    private final Mailbox mailbox;
    private final Owner owner;
    private final Restarts restarts;
    private final Disposable.Swap looking = Disposables.swap();

    /** The workers that are here; written by the mailbox, read by whoever makes the report, like the next. */
    private final List<WorkerLink> present = new CopyOnWriteArrayList<>();

    /** What those did that are gone. */
    private final Queue<WorkerReport> past = new ConcurrentLinkedQueue<>();

    private List<Slot> slots = List.of();
    private byte[] startMessage = new byte[0];
    private int failedStarts;
    private boolean someWereReady;
    private boolean over;

    /** {@code aggregating}: see {@link WorkerLink}. */
    Crew(
            int run,
            String topology,
            RunSettings settings,
            boolean aggregating,
            CrashPolicy crashPolicy,
            WorkerLauncher launcher,
            Mailbox mailbox,
            Owner owner) {
        this.run = run;
        this.topology = topology;
        this.settings = settings;
        this.aggregating = aggregating;
        this.crashPolicy = crashPolicy;
        this.launcher = launcher;
        this.mailbox = mailbox;
        this.owner = owner;
        this.restarts = new Restarts(settings.maxRestarts(), settings.restartWindow(), System::nanoTime);
    }

    /** Begins to look after the slots; {@code message} is what a worker needs to build the topology. */
    void open(List<Slot> places, byte[] message) {
        slots = List.copyOf(places);
        startMessage = message;
        lookLater();
    }

    /** Those that are connected, also if they do not take items. */
    List<WorkerLink> links() {
        List<WorkerLink> links = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            if (slot.link() != null) {
                links.add(slot.link());
            }
        }
        return links;
    }

    /** What each worker did, also those that are gone. Any thread. */
    List<WorkerReport> reports() {
        return Stream.concat(past.stream(), present.stream().map(WorkerLink::report))
                .sorted(Comparator.comparingInt(WorkerReport::id))
                .toList();
    }

    /** The buffers in the workers that are there, as they last told: those of one edge added up. Any thread. */
    List<QueueDepth> queues() {
        Map<String, QueueDepth> edges = new LinkedHashMap<>();
        present.forEach(link -> link.queues().forEach(queue -> edges.merge(queue.edge(), depth(queue), Crew::sum)));
        return List.copyOf(edges.values());
    }

    private static QueueDepth depth(Stats.Queue queue) {
        return new QueueDepth(
                queue.edge(), queue.depth(), queue.capacity(), queue.highest(), queue.weight(), queue.maxWeight());
    }

    private static QueueDepth sum(QueueDepth one, QueueDepth other) {
        boolean weighed = one.maxWeight() != Long.MAX_VALUE;
        return new QueueDepth(
                one.edge(),
                one.depth() + other.depth(),
                one.capacity() + other.capacity(),
                one.highest() + other.highest(),
                one.weight() + other.weight(),
                weighed ? one.maxWeight() + other.maxWeight() : Long.MAX_VALUE);
    }

    /** Asks for a worker for an empty slot, at once or when it is time to try again. */
    void staff(Slot slot) {
        if (over || slot.isTaken()) {
            return;
        }
        long wait = restarts.waitMillis();
        Mono<WorkerLauncher.Launched> launch = launcher.launch(crashPolicy.heapFactor(slot.escalation()));
        slot.ask((wait == 0 ? launch : Mono.delay(Duration.ofMillis(wait)).then(launch))
                .doOnSubscribe(asked -> slot.asking(System.nanoTime()))
                .subscribe(
                        launched -> mailbox.post(() -> connected(slot, launched)),
                        error -> mailbox.post(() -> notStarted(slot, error))));
    }

    /** The work of a run went on. */
    void progress() {
        restarts.progress();
    }

    /** The worker has sent all. */
    void finished(WorkerLink link) {
        link.state(WorkerLink.State.FINISHED);
        link.launched().giveBack();
        left(link);
        for (Slot slot : slots) {
            if (slot.link() == link) {
                slot.vacate();
            }
        }
    }

    private void left(WorkerLink link) {
        past.add(link.report());
        present.remove(link);
        link.timers().dispose();
    }

    /** Something is wrong with the worker: it is ended, and what it had is run elsewhere. */
    void lose(WorkerLink link, String why) {
        slots.stream().filter(slot -> slot.link() == link).findFirst().ifPresent(slot -> lost(slot, link, why));
    }

    /** The run is over: lets go of all workers, wherever they are. */
    void release() {
        over = true;
        looking.dispose();
        for (Slot slot : slots) {
            slot.forget();
            WorkerLink link = slot.link();
            if (link != null) {
                link.timers().dispose();
            }
            if (link != null && link.state() != WorkerLink.State.GONE) {
                link.send(new Cancel(run));
                link.launched().giveBack();
            }
        }
    }

    private void connected(Slot slot, WorkerLauncher.Launched launched) {
        if (over) {
            launched.connection().send(new Cancel(run));
            launched.giveBack();
            return;
        }
        WorkerLink link = new WorkerLink(
                run,
                launched,
                settings,
                slot.places(),
                aggregating,
                slot.askedNanos(),
                slot.askedEscalation(),
                System::nanoTime);
        present.add(link);
        slot.occupy(link);
        Claims claims = launched.claims();
        if (claims != null) {
            claims.writer().reset(); // a worker that is free reads nothing of an earlier run
        }
        launched.connection().allow(Coordinator.maxBodyBytes(settings.maxItemBytes()));
        launched.connection().receive(new FrameReceiver() {
            @Override
            public void frame(Frame frame) {
                mailbox.post(() -> heard(link, frame));
            }

            @Override
            public void closed(@Nullable Throwable cause) {
                mailbox.post(() ->
                        lost(slot, link, cause == null ? "" : "its connection broke: " + cause.getMessage() + "; "));
            }
        });
        link.timers().add(launched.ending().subscribe(ending -> mailbox.post(() -> lost(slot, link, ""))));
        link.timers().add(launched.wanted().subscribe(nothing -> {}, error -> {}, () -> mailbox.post(link::endItems)));
        link.timers()
                .add(Schedulers.parallel()
                        .schedule(
                                () -> mailbox.post(() -> startOverdue(slot, link)),
                                settings.startTimeout().toMillis(),
                                TimeUnit.MILLISECONDS));
        link.send(new Start(run, startMessage));
    }

    private void heard(WorkerLink link, Frame frame) {
        if (over || link.state() == WorkerLink.State.GONE || link.state() == WorkerLink.State.FINISHED) {
            return;
        }
        link.heard();
        owner.heard(link, frame);
        if (link.state() == WorkerLink.State.READY) {
            failedStarts = 0;
            someWereReady = true;
        }
    }

    /** Where no worker was ever ready, the factory is to blame; where some were, the process may be frozen. */
    private void startOverdue(Slot slot, WorkerLink link) {
        if (over || link.state() != WorkerLink.State.CONNECTED) {
            return;
        }
        String late = "was not ready within " + settings.startTimeout().toMillis() + " ms";
        if (someWereReady && ++failedStarts < FAILED_STARTS) {
            lost(slot, link, "it " + late + " and was killed; ");
        } else {
            owner.failed(new WorkerStartException(
                    "worker " + link.id() + " " + late + ": see what its factory does, or raise startTimeout"));
        }
    }

    /** Each look arms the next, so that a pause of this JVM counts as one look, however long it was. */
    private void lookLater() {
        looking.update(Schedulers.parallel()
                .schedule(
                        () -> mailbox.post(this::look),
                        settings.workerSilence().toNanos() / SILENT_LOOKS,
                        TimeUnit.NANOSECONDS));
    }

    /** A frozen process keeps its connection: it is known by its silence alone. */
    private void look() {
        if (over) {
            return;
        }
        for (WorkerLink link : links()) {
            if (link.silent() > SILENT_LOOKS) {
                lose(link, "it was silent for " + settings.workerSilence().toMillis() + " ms and was killed; ");
            }
        }
        lookLater();
    }

    private void notStarted(Slot slot, Throwable error) {
        slot.vacate();
        if (over) {
            return;
        }
        boolean another = restarts.another() && (EndedEarly.isFromOutside(error) || ++failedStarts < FAILED_STARTS);
        if (!another || !(error instanceof WorkerStartException)) {
            owner.failed(error);
            return;
        }
        LOG.warn("topology '{}': {}; trying again in {} ms", topology, error.getMessage(), restarts.waitMillis());
        owner.changed();
    }

    private void lost(Slot slot, WorkerLink link, String why) {
        if (over || link.state() == WorkerLink.State.GONE || link.state() == WorkerLink.State.FINISHED) {
            return;
        }
        boolean wasReady = link.state() == WorkerLink.State.READY;
        link.state(WorkerLink.State.GONE);
        link.launched().kill();
        Mono<WorkerEnding> ending = link.launched()
                .ending()
                .timeout(
                        EXIT_WAIT,
                        Mono.just(WorkerEnding.unseen(
                                "its process was not seen to end within " + EXIT_WAIT.toSeconds() + " s")))
                .map(seen -> seen.after(why));
        Mono<Optional<Set<Long>>> busy =
                Mono.fromCallable(link.launched()::busyWith).subscribeOn(Schedulers.boundedElastic());
        ending.flatMap(how -> busy.doOnNext(numbers -> mailbox.post(() -> gone(slot, link, wasReady, how, numbers))))
                .subscribe(
                        nothing -> {},
                        error -> mailbox.post(() ->
                                gone(slot, link, wasReady, WorkerEnding.unseen(error.toString()), Optional.empty())));
    }

    private void gone(Slot slot, WorkerLink link, boolean wasReady, WorkerEnding ending, Optional<Set<Long>> busyWith) {
        link.launched().giveBack();
        left(link);
        slot.vacate();
        if (over) {
            return;
        }
        List<String> keys = link.unfinished().stream().map(Flight::key).toList();
        LOG.warn(
                "topology '{}': worker {} (pid {}) died with {} items in flight, which are run again: {}",
                topology,
                link.id(),
                link.pid(),
                link.itemsInFlight(),
                ending.text());
        if (!wasReady && !ending.mayComeFromOutside() && ++failedStarts >= FAILED_STARTS) {
            owner.failed(new WorkerStartException(
                    "worker " + link.id() + " (pid " + link.pid() + ") died before it was ready, and so did "
                            + (FAILED_STARTS - 1) + " before it: " + ending.text()));
        } else if (!restarts.another()) {
            owner.failed(new WorkerDiedException(
                    link.id(), link.pid(), ending.text(), keys, settings.maxRestarts(), settings.restartWindow()));
        } else {
            owner.died(slot, link, ending, busyWith);
        }
    }
}
