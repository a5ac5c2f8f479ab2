package org.reactortopology.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One lane: its function, what it runs, and the hand-shake that interrupts it there and nowhere else. Run by the thread that took it. */
final class Lane<A, R> implements Runnable, Supplier<LaneThread.@Nullable Inside> {

    private static final VarHandle RUNNING = Fields.of(MethodHandles.lookup(), "running", Object.class);
    private static final VarHandle HELD = Fields.of(MethodHandles.lookup(), "held", Batch.class);
    private static final VarHandle PUTS = Fields.of(MethodHandles.lookup(), "puts", long.class);
    private static final VarHandle SUBMITTER = Fields.of(MethodHandles.lookup(), "submitter", Thread.class);

    private static final Object READY = new Object();

    /** Keeps what different threads write on cache lines of their own; docs/adr/0009-lanes.md has the figures. */
    @SuppressWarnings("unused")
    private long apart0,
            apart1,
            apart2,
            apart3,
            apart4,
            apart5,
            apart6,
            apart7,
            apart8,
            apart9,
            apart10,
            apart11,
            apart12,
            apart13,
            apart14,
            apart15;

    final int number;
    private final LaneFunction<A, R> function;
    private final LaneTurns<A, R> turns;

    /** The thread that has the lane. Written by that thread, read by the one who halts the run. */
    private volatile @Nullable Thread thread;

    /** The item in the function, or READY. Written by the lane's thread (opaque), read by readers of the gauge and the one who halts. */
    @SuppressWarnings("unused") // RUNNING
    private @Nullable Object running;

    /**
     * Results held back while the lane looks for an item and runs it. Put down and taken up again by the lane's thread; whoever else takes it, because
     * the lane stands still, emits it.
     */
    @SuppressWarnings("unused") // HELD
    private volatile @Nullable Batch<R> held;

    /** Whether the lane has put a batch down that it has not taken up. Confined to the lane's thread. */
    private boolean holds;

    /** How often a batch was put down. Written by the lane's thread, read by the one who looks whether it stands still. */
    private long puts;

    /** The thread that is inside {@code execute} with the lane. Written by that thread, read by the one that runs the lane. */
    @SuppressWarnings("unused") // SUBMITTER
    private volatile @Nullable Thread submitter;

    /** Whether the thread was interrupted. Under the lane's monitor, which only a halted run enters. */
    private boolean interrupted;

    Lane(int number, LaneFunction<A, R> function, LaneTurns<A, R> turns) {
        this.number = number;
        this.function = function;
        this.turns = turns;
    }

    /** On a thread of the pool, or inside {@code execute} of an executor that runs tasks at once. */
    @Override
    public void run() {
        turns.turn(this, submitter == Thread.currentThread());
    }

    /** The calling thread is about to submit the lane. */
    void beginSubmit() {
        submitter = Thread.currentThread();
    }

    /** {@code execute} has returned. The lane may have been run and submitted again by another thread. */
    void endSubmit() {
        SUBMITTER.compareAndSet(this, Thread.currentThread(), (Thread) null);
    }

    boolean isHeldBy(Thread one) {
        return thread == one;
    }

    /** The calling thread has the lane from now on. */
    void begin() {
        Thread me = Thread.currentThread();
        thread = me;
        LaneThread.tells(me, this);
    }

    /** What the lane's thread is inside of. */
    @Override
    public LaneThread.@Nullable Inside get() {
        A item = running();
        return item == null ? null : new LaneThread.Inside(function, item);
    }

    /**
     * The calling thread is about to claim an item; nothing but the function is called until {@link #rest}. The claim orders this before the
     * look at whether the run is halted: either that look or {@link #interrupt} sees the other.
     */
    void ready() {
        RUNNING.setOpaque(this, READY);
    }

    /** No item was claimed, or it is through. */
    void rest() {
        RUNNING.setOpaque(this, (Object) null);
    }

    R apply(A item) {
        RUNNING.setOpaque(this, item);
        try {
            R result = function.apply(item);
            if (result == null) {
                throw new NullPointerException("a lane function returned null for " + item);
            }
            return result;
        } finally {
            rest();
            Thread.interrupted(); // a function that left the flag behind must not interrupt the next item
        }
    }

    boolean isQuick() {
        return function.isQuick();
    }

    /** Lays results aside until the next {@link #takeUp}; others may take them. */
    void putDown(Batch<R> batch) {
        holds = true;
        PUTS.setOpaque(this, puts + 1);
        if (batch.count() == 1) {
            held = batch; // before the look at whether the backstop is armed
        } else {
            HELD.setRelease(this, batch);
        }
    }

    /** The results laid aside, which are the caller's now; null if there are none, or another has taken them. By the lane's thread. */
    @Nullable
    Batch<R> takeUp() {
        if (!holds) {
            return null;
        }
        holds = false;
        return takeHeld();
    }

    /** The same for any other thread. */
    @SuppressWarnings("unchecked") // what the lane put down
    @Nullable
    Batch<R> takeHeld() {
        return (Batch<R>) HELD.getAndSet(this, (Batch<R>) null);
    }

    boolean isHolding() {
        return held != null;
    }

    /** Another number than before if the lane has gone on. */
    long puts() {
        return (long) PUTS.getOpaque(this);
    }

    /** What the lane runs right now, if anything. */
    @SuppressWarnings("unchecked") // only items are run
    @Nullable
    A running() {
        Object item = RUNNING.getVolatile(this);
        return item == READY ? null : (A) item;
    }

    /** Called before {@link #end}, on the same thread. */
    void pause() {
        function.pause();
    }

    /** The calling thread gives the lane up; no interrupt that was meant for the lane reaches the thread afterwards. */
    void end() {
        thread = null;
        LaneThread.tells(Thread.currentThread(), null);
        if (turns.isHalted()) {
            forgetInterrupt();
        }
    }

    /** Interrupts the lane's thread if it runs the function or is about to; never the calling thread. The run has been marked as halted before. */
    synchronized void interrupt() {
        Thread of = thread;
        if (of != null && of != Thread.currentThread() && RUNNING.getVolatile(this) != null) {
            interrupted = true;
            of.interrupt();
        }
    }

    private synchronized void forgetInterrupt() {
        if (interrupted) {
            interrupted = false;
            Thread.interrupted();
        }
    }
}
