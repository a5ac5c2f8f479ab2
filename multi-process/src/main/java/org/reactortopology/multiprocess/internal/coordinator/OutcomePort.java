package org.reactortopology.multiprocess.internal.coordinator;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import org.reactortopology.spi.Item;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Where what leaves the slice leaves the coordinator: outcomes of workers, as items, wait here for the subscriber, and each one's place is given back when the subscriber has taken
 * it. How many may wait is decided by who emits: {@link WorkerLink} lets its worker send only what has a place.
 */
final class OutcomePort {

    /**
     * An item on its way out.
     *
     * @param places where it waits, or null if it was made by the coordinator
     * @param bytes encoded length
     */
    private record Leaving(Item item, @Nullable Places places, int bytes) {}

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
    Flux<Item> items() {
        return sink.asFlux().publishOn(subscriberThread, true, bound).map(this::taken);
    }

    /** Emits an item of which a worker sent what became. Called in the mailbox. */
    void emit(Item item, Places places, int bytes) {
        sink.tryEmitNext(new Leaving(item, places, bytes));
    }

    /** Emits an item that no worker has seen. Called in the mailbox. */
    void emitOwn(Item item) {
        ownWaiting++;
        sink.tryEmitNext(new Leaving(item, null, 0));
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

    private Item taken(Leaving leaving) {
        taken.offer(leaving);
        if (accountingPosted.compareAndSet(false, true)) {
            mailbox.post(this::account);
        }
        return leaving.item();
    }

    private void account() {
        accountingPosted.set(false);
        for (Leaving leaving = taken.poll(); leaving != null; leaving = taken.poll()) {
            if (leaving.places() == null) {
                ownWaiting--;
            } else {
                leaving.places().free(leaving.bytes());
            }
        }
        placesFreed.run();
    }
}
