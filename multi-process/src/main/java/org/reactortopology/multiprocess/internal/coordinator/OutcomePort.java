package org.reactortopology.multiprocess.internal.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.transport.Mailbox;
import org.reactortopology.spi.Item;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Where what leaves the slice leaves the coordinator: outcomes of workers, as items, wait here for the subscriber, and each one's place is given back when the subscriber has taken
 * it. How many may wait is decided by who emits: {@link WorkerLink} lets its worker send only what has a place. What is emitted together goes to the
 * subscriber's thread together, so that waking it costs little for each.
 */
final class OutcomePort {

    /** The mailbox is told of places that are free after so many, or a few when few may wait; and after the last that was emitted together. */
    private static final int TOLD_AFTER = 32;

    /** How many times fewer than may wait a few are. */
    private static final int A_FEW = 64;

    /** What goes to the subscriber. */
    private sealed interface Leaving {}

    /**
     * An item on its way out.
     *
     * @param places where it waits
     * @param bytes encoded length
     */
    private record Out(Item item, Places places, int bytes) implements Leaving {}

    /** Nothing follows. An error that overtook what was emitted before would lose it. */
    private record End(@Nullable Throwable error) implements Leaving {}

    private final Mailbox mailbox;
    private final Scheduler subscriberThread;
    private final int bound;
    private final int toldAfter;
    private final Runnable placesFreed;
    private final Sinks.Many<List<Leaving>> sink = Sinks.many()
            .unicast()
            .onBackpressureBuffer(Queues.<List<Leaving>>unboundedMultiproducer().get());

    private final AtomicBoolean tellingPosted = new AtomicBoolean();

    /** What is emitted next; confined to the mailbox. */
    private List<Leaving> leaving = new ArrayList<>();

    /** Outcomes made by the coordinator, and those of them that the subscriber has taken. */
    private final Places own = new Places();

    /** Taken since the mailbox was told; confined to the subscriber's thread, like the next. */
    private int untold;

    private int leftOfBatch;

    /** Delivers on {@code subscriberThread}; at most {@code bound} outcomes wait. Posts {@code placesFreed} to the mailbox. */
    OutcomePort(Mailbox mailbox, Scheduler subscriberThread, int bound, Runnable placesFreed) {
        this.mailbox = mailbox;
        this.subscriberThread = subscriberThread;
        this.bound = bound;
        this.toldAfter = Math.max(1, Math.min(TOLD_AFTER, bound / A_FEW));
        this.placesFreed = placesFreed;
    }

    /** What the subscriber sees. */
    Flux<Item> items() {
        return sink.asFlux()
                .publishOn(subscriberThread, true, bound)
                .concatMapIterable(this::begun, 1)
                .<Item>handle(this::taken)
                .subscribeOn(subscriberThread, true); // what waits is also emitted when more is requested
    }

    /** Emits an item of which a worker sent what became, with the next {@link #flush}. Called in the mailbox. */
    void emit(Item item, Places places, int bytes) {
        leaving.add(new Out(item, places, bytes));
    }

    /** Emits an item that no worker has seen, with the next {@link #flush}. Called in the mailbox. */
    void emitOwn(Item item) {
        own.occupy(0);
        leaving.add(new Out(item, own, 0));
    }

    /** Lets what was emitted go. Called in the mailbox. */
    void flush() {
        if (!leaving.isEmpty()) {
            List<Leaving> together = leaving;
            leaving = new ArrayList<>(Math.min(together.size(), bound));
            sink.tryEmitNext(together);
        }
    }

    /** Outcomes made by the coordinator that wait. Called in the mailbox. */
    long ownWaiting() {
        return own.outcomes();
    }

    /** Ends the outcomes, after those that wait. */
    void end(@Nullable Throwable error) {
        leaving.add(new End(error));
        flush();
    }

    private List<Leaving> begun(List<Leaving> together) {
        leftOfBatch = together.size();
        return together;
    }

    private void taken(Leaving leaves, SynchronousSink<Item> to) {
        if (leaves instanceof End end) {
            if (end.error() == null) {
                to.complete();
            } else {
                to.error(end.error());
            }
            return;
        }
        Out next = (Out) leaves;
        next.places().free(next.bytes());
        leftOfBatch--;
        untold++;
        if (leftOfBatch == 0 || untold >= toldAfter) {
            untold = 0;
            if (tellingPosted.compareAndSet(false, true)) {
                mailbox.post(this::tell);
            }
        }
        to.next(next.item());
    }

    private void tell() {
        tellingPosted.set(false);
        placesFreed.run();
    }
}
