package org.reactortopology.multiprocess.internal.coordinator;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** A place for a worker: who is in it now, and what outlives its death. Confined to the mailbox. */
final class Slot {

    private final int number;
    private final Feed feed;
    private final Places places = new Places();

    /** Items that a worker here had when it died, and that only one here may have. */
    private final Deque<Flight> again = new ArrayDeque<>();

    private final Disposable.Swap asking = Disposables.swap();
    private @Nullable WorkerLink link;
    private boolean asked;
    private long askedNanos;
    private int escalation;
    private int askedEscalation;

    Slot(int number, Feed feed) {
        this.number = number;
        this.feed = feed;
    }

    int number() {
        return number;
    }

    Feed feed() {
        return feed;
    }

    Places places() {
        return places;
    }

    Deque<Flight> again() {
        return again;
    }

    /** The worker, also one that is dead and whose items have not been dealt with. */
    @Nullable
    WorkerLink link() {
        return link;
    }

    /** Whether a worker is here or on its way. */
    boolean isTaken() {
        return asked || link != null;
    }

    /** Whether a worker that can take items is here or on its way. */
    boolean isStaffed() {
        return asked || (link != null && !link.isEnding() && link.state() != WorkerLink.State.GONE);
    }

    /** A worker has been asked for. */
    void ask(Disposable request) {
        asking.update(request);
    }

    /** Notes that a worker is being asked for. */
    void asking(long nanos) {
        asked = true;
        askedNanos = nanos;
        askedEscalation = escalation;
    }

    /** When the worker was asked for. */
    long askedNanos() {
        return askedNanos;
    }

    /** By how many steps the heap of the worker that was asked for is larger. */
    int askedEscalation() {
        return askedEscalation;
    }

    /** The worker has come. */
    void occupy(WorkerLink worker) {
        asked = false;
        link = worker;
    }

    /** Nobody is here, nor on the way. */
    void vacate() {
        asked = false;
        link = null;
    }

    /** Stops asking. */
    void forget() {
        asking.dispose();
    }

    /** By how many steps the heap of the next worker here is larger. */
    int escalation() {
        return escalation;
    }

    void escalate(int steps) {
        escalation = steps;
    }
}
