package org.reactortopology.multiprocess.internal.coordinator;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Where outcomes leave the coordinator: they wait here for the subscriber, and each one's place is given back when the subscriber has taken
 * it. How many may wait is decided by who emits: {@link WorkerLink} lets its worker send only what has a place.
 */
final class OutcomePort {

    /**
     * An outcome on its way out.
     *
     * @param link the worker that sent it, or null if it was made by the coordinator
     * @param bytes encoded length
     */
    private record Leaving(
            Outcome<Object> outcome, @Nullable WorkerLink link, int bytes) {}

    private final Mailbox mailbox;
    private final Scheduler subscriberThread;
    private final int bound;
    private final Runnable placesFreed;
    private final Sinks.Many<Leaving> sink = Sinks.many()
            .unicast()
            .onBackpressureBuffer(Queues.<Leaving>unboundedMultiproducer().get());

    /** Taken by the subscriber, not yet accounted for; filled on its thread, emptied by the mailbox. */
    private final Queue<Leaving> taken =
            Queues.<Leaving>unboundedMultiproducer().get();

    private final AtomicBoolean accountingPosted = new AtomicBoolean();

    /** Outcomes made by the coordinator that wait; confined to the mailbox. */
    private int ownWaiting;

    /** Delivers on {@code subscriberThread}; at most {@code bound} outcomes wait. Posts {@code placesFreed} to the mailbox. */
    OutcomePort(Mailbox mailbox, Scheduler subscriberThread, int bound, Runnable placesFreed) {
        this.mailbox = mailbox;
        this.subscriberThread = subscriberThread;
        this.bound = bound;
        this.placesFreed = placesFreed;
    }

    /** What the subscriber sees. */
    Flux<Outcome<Object>> outcomes() {
        return sink.asFlux().publishOn(subscriberThread, true, bound).map(this::taken);
    }

    /** Emits an outcome that a worker sent. Called in the mailbox. */
    void emit(Outcome<Object> outcome, WorkerLink link, int bytes) {
        sink.tryEmitNext(new Leaving(outcome, link, bytes));
    }

    /** Emits an outcome that the coordinator made. Called in the mailbox. */
    void emitOwn(Outcome<Object> outcome) {
        ownWaiting++;
        sink.tryEmitNext(new Leaving(outcome, null, 0));
    }

    /** Outcomes made by the coordinator that wait. */
    int ownWaiting() {
        return ownWaiting;
    }

    /** Ends the outcomes, after those that wait. */
    void end(@Nullable Throwable error) {
        if (error == null) {
            sink.tryEmitComplete();
        } else {
            sink.tryEmitError(error);
        }
    }

    private Outcome<Object> taken(Leaving leaving) {
        taken.offer(leaving);
        if (accountingPosted.compareAndSet(false, true)) {
            mailbox.post(this::account);
        }
        return leaving.outcome();
    }

    private void account() {
        accountingPosted.set(false);
        for (Leaving leaving = taken.poll(); leaving != null; leaving = taken.poll()) {
            if (leaving.link() == null) {
                ownWaiting--;
            } else {
                leaving.link().taken(leaving.bytes());
            }
        }
        placesFreed.run();
    }
}
