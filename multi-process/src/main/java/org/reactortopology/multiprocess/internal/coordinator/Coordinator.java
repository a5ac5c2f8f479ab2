package org.reactortopology.multiprocess.internal.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.TopologyException;
import org.reactortopology.internal.engine.Lanes;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.internal.claim.LargeValues;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import org.reactortopology.multiprocess.internal.wire.Frame;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Watch;
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

/**
 * The slice of one run as an operator: splits the items that enter, feeds workers what they have room for, merges what comes back, ends when all
 * are in. Everything it decides, it decides in its mailbox, on one thread; it knows no socket and no process.
 */
public final class Coordinator implements Crew.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final AtomicInteger RUNS = new AtomicInteger();

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
    private final Crew crew;
    private final Deadlines deadlines;
    private final Aftermath aftermath;
    private final Disposable.Composite atEnd = Disposables.composite();
    private final Sinks.Empty<Void> workersGone = Sinks.empty();

    /** Written by the mailbox before the items end; read when they have. */
    private volatile @Nullable Throwable sourceError;

    /** Confined to the mailbox, like all below. */
    private @Nullable Assignment assignment;

    private final Departure departure;

    private List<Slot> slots = List.of();
    private boolean ending;
    private boolean pumpPosted;

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
        boolean aggregating = !slice.aggregates().isEmpty();
        CrashPolicy crashPolicy = new CrashPolicy(slice.inside().works());
        crew = new Crew(number, slice.plan().name(), settings, aggregating, crashPolicy, launcher, mailbox, this);
        deadlines = new Deadlines(slice.plan().works(), mailbox, System::nanoTime, this::overdue);
        aftermath = new Aftermath(slice, crashPolicy, port, mailbox, new Aftermath.Run() {
            @Override
            public Assignment assignment() {
                return Objects.requireNonNull(assignment);
            }

            @Override
            public void goOn() {
                pump();
            }

            @Override
            public void cannotGoOn(TopologyException why) {
                end(why, false);
            }
        });
        dialogue = new WorkerDialogue(
                slice,
                fingerprint,
                codec,
                settings.maxItemBytes(),
                port,
                recorder.works(),
                accumulators,
                crew::finished,
                crew::progress);
        departure = new Departure(slice, new LargeValues(codec), settings.maxItemBytes(), port);
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
            recorder.workers(crew::reports);
            recorder.workerQueues(crew::queues);
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
        List<Slot> made = new ArrayList<>();
        Feed common = feed(feeds.partitions().get(0));
        for (int number = 0; number < workers(feeds); number++) {
            Feed own = feeds.shared() || number == 0
                    ? common
                    : feed(feeds.partitions().get(number));
            made.add(new Slot(number, own));
        }
        slots = List.copyOf(made);
        assignment = new Assignment(slice, settings, port, departure, slots, feeds);
        crew.open(slots, message);
        slots.forEach(slot -> slot.feed().open());
        pump();
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

    @Override
    public void heard(WorkerLink link, Frame frame) {
        try {
            if (frame instanceof Watch watch && link.isRunning(watch.run())) {
                deadlines.heard(link, watch);
            } else {
                dialogue.heard(link, frame);
            }
        } catch (ProtocolException e) {
            LOG.warn("topology '{}': worker {} broke the protocol", slice.plan().name(), link.id(), e);
            crew.lose(link, "it broke the protocol (" + e.getMessage() + ") and was killed; ");
        } catch (TopologyException e) {
            end(e, false);
        }
        pumpSoon();
    }

    @Override
    public void died(Slot slot, WorkerLink link, WorkerEnding how, Optional<Set<Long>> busyWith) {
        boolean explained = busyWith.isPresent() && !busyWith.get().isEmpty();
        if (explained || how.mayComeFromOutside()) {
            crew.progress(); // it brings the culprit nearer, or has nothing to do with the items: the next worker
            // need not wait
        }
        deadlines.forget(link);
        aftermath.of(slot, link, how, busyWith);
        pump();
    }

    /** A call is past its deadline and its thread does not yield: the worker is ended, its other items are innocent. */
    private void overdue(WorkerLink link, Overdue call) {
        Flight flight = link.holding(call.number());
        if (!ending && flight != null) {
            link.condemn(call);
            crew.lose(link, call.text(flight.key()));
        }
    }

    @Override
    public void changed() {
        pump();
    }

    @Override
    public void failed(Throwable error) {
        end(error, false);
    }

    /**
     * {@link #pump} behind the frames that wait already: it looks at every worker, so that doing it for each frame would cost the more the more workers
     * there are.
     */
    private void pumpSoon() {
        if (!pumpPosted) {
            pumpPosted = true;
            mailbox.post(() -> {
                pumpPosted = false;
                pump();
            });
        }
    }

    /** Does all that has become possible. */
    private void pump() {
        port.flush();
        Assignment work = assignment;
        if (ending || work == null) {
            return;
        }
        List<WorkerLink> links = crew.links();
        links.forEach(WorkerLink::grantOutcomes);
        work.assign();
        port.flush();
        links.forEach(WorkerLink::checkpointIfDue);
        if (work.remains() || links.stream().anyMatch(link -> link.itemsInFlight() > 0)) {
            work.understaffed().forEach(crew::staff);
            return;
        }
        // whoever has taken items and accumulated of them is heard to the end; one that is still starting is not waited
        // for
        links.forEach(WorkerLink::endItems);
        if (links.stream().allMatch(link -> link.state() == WorkerLink.State.CONNECTED)) {
            sourceError = slots.stream()
                    .map(slot -> slot.feed().error())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            end(sourceError, false);
        }
    }

    private void end(@Nullable Throwable error, boolean early) {
        if (ending) {
            return;
        }
        ending = true;
        atEnd.dispose();
        aftermath.close();
        slots.forEach(slot -> slot.feed().cancel());
        crew.release();
        deadlines.close();
        launcher.release(slots.isEmpty() || (error == null && !early))
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
}
