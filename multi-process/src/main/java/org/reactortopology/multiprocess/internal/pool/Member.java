package org.reactortopology.multiprocess.internal.pool;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** A worker of the pool from its start to its end. Confined to the pool's mailbox, except for the count of items. */
final class Member {

    /** Where it is in its life. */
    enum State {
        /** Not connected yet. */
        STARTING,
        /** Free for any run. */
        IDLE,
        /** A run has it. */
        LEASED,
        /** A run has given it back, and something of that run is still there. */
        CLEANING,
        /** Told to end, or dead. */
        ENDING
    }

    private final int number;

    /** The one request that it is for, if its heap is larger than usual. */
    private final @Nullable Request only;

    /** Items it was given; counted by the threads of the runs that have it, one after the other. */
    private final AtomicLong items = new AtomicLong();

    private State state = State.STARTING;
    private @Nullable StartedWorker worker;
    private @Nullable Lease lease;
    private boolean worn;
    private long idleSinceNanos;
    private Disposable timer = Disposables.disposed();

    Member(int number, @Nullable Request only) {
        this.number = number;
        this.only = only;
    }

    int number() {
        return number;
    }

    @Nullable
    Request only() {
        return only;
    }

    /** Whether it is one of those that any run may have. */
    boolean isCommon() {
        return only == null;
    }

    State state() {
        return state;
    }

    boolean is(State asked) {
        return state == asked;
    }

    /** Changes the state; a timer of the state before is stopped. */
    void state(State next) {
        timer.dispose();
        state = next;
    }

    /** What is to happen if the state lasts. */
    void timer(Disposable next) {
        timer = next;
    }

    StartedWorker worker() {
        return Objects.requireNonNull(worker);
    }

    void connected(StartedWorker started) {
        worker = started;
    }

    /** Who has it, or had it if it is being cleaned. */
    @Nullable
    Lease lease() {
        return lease;
    }

    void lease(@Nullable Lease next) {
        lease = next;
    }

    /** Whether it is to be replaced when it comes back. */
    boolean isWorn() {
        return worn;
    }

    void wear() {
        worn = true;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    void idleSince(long nanos) {
        idleSinceNanos = nanos;
    }

    AtomicLong items() {
        return items;
    }
}
