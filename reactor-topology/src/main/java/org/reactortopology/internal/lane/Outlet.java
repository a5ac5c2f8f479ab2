package org.reactortopology.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.reactortopology.internal.end.BatchSubscriber;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Where results leave a {@link LaneRun}, one at a time and as demand allows, and how it ends. Whoever raises {@code wip} from 0 emits, for all
 * that raise it further in the meantime; a lane that finds it 0 and nothing waiting emits its own result without putting it down first.
 */
final class Outlet<R> {

    private static final VarHandle WIP = Fields.of(MethodHandles.lookup(), "wip", long.class);
    private static final VarHandle HALT = Fields.of(MethodHandles.lookup(), "halt", Object.class);
    private static final VarHandle REQUESTED = Fields.of(MethodHandles.lookup(), "requested", long.class);
    private static final VarHandle EMITTED = Fields.of(MethodHandles.lookup(), "emitted", long.class);
    private static final Object CANCEL = new Object();

    final CoreSubscriber<? super R> actual;
    final Context context;

    /** The same as {@link #actual}, if it takes batches. */
    private final @Nullable BatchSubscriber<? super R> batches;

    private final LaneRun<?, R> run;
    private final Finished finished;
    private final int lanes;

    /** What ended the run early: null, CANCEL or a Throwable. Written once by anyone, read by all. */
    private volatile @Nullable Object halt;

    /** Whether upstream is cancelled and what was held is discarded. Written by the one who halted, read by the one who emits. */
    private volatile boolean stopped;

    /** What upstream ended with. Written by upstream before {@code done}, read by the one who emits after it. */
    private @Nullable Throwable error;

    /** Whether upstream has ended. Written by upstream, read by the one who emits. */
    private volatile boolean done;

    /** Results asked for. Raised by downstream, read by all. */
    @SuppressWarnings("unused") // REQUESTED
    private volatile long requested;

    /** A batch that was not asked for to its end. Written by the one who emits, read by lanes. */
    private volatile @Nullable Batch<R> open;

    /** How much of it has been emitted. Confined to the one who emits. */
    private int openAt;

    /** Keeps what each emission writes away from what lanes read for each item; docs/adr/0009-lanes.md has the figures. */
    @SuppressWarnings("unused")
    private long apart0, apart1, apart2, apart3, apart4, apart5, apart6, apart7;

    /** Calls for emission not answered yet. Raised by anyone, lowered by the one who raised it from 0 and emits. */
    private volatile long wip;

    /** Results emitted. Written by the one who emits (release), read by lanes. */
    private volatile long emitted;

    @SuppressWarnings("unused")
    private long away0, away1, away2, away3, away4, away5, away6, away7;

    /** Whether the last signal has been given. Written by the one who emits, read by all. */
    private volatile boolean terminated;

    Outlet(CoreSubscriber<? super R> actual, LaneRun<?, R> run, int lanes) {
        this.actual = actual;
        this.batches = actual instanceof BatchSubscriber<? super R> whole ? whole : null;
        this.context = actual.currentContext();
        this.run = run;
        this.lanes = lanes;
        this.finished = new Finished(4 * lanes); // from each lane one result, and one batch that was taken from it
    }

    /** Whether a lane may start an item: not while a result waits that nobody has asked for, nor while as many wait as there are lanes. */
    boolean mayStart() {
        int waiting = waiting();
        return waiting == 0 || (waiting < lanes && waiting <= requested - emitted);
    }

    /** Hands a result over. By the lane that made it. */
    void finish(R result) {
        if (wip == 0 && WIP.compareAndSet(this, 0L, 1L)) {
            if (halt == null && waiting() == 0 && emitted != requested) {
                emit(result);
                if (WIP.compareAndSet(this, 1L, 0L)) {
                    return;
                }
            } else {
                finished.add(result);
            }
            drainLoop();
        } else {
            finished.add(result);
            drain();
        }
    }

    /** How many results a lane may hold back, given that it wants to hold back so many: less than 2 for none. */
    int mayHold(int wanted) {
        return waiting() > 0 ? 0 : (int) Math.min(wanted, (requested - emitted) / lanes);
    }

    /** Hands over what a lane held back. Any thread. */
    void finish(Batch<R> batch) {
        if (wip == 0 && WIP.compareAndSet(this, 0L, 1L)) {
            if (halt == null && waiting() == 0) {
                emit(batch, 0);
                if (WIP.compareAndSet(this, 1L, 0L)) {
                    return;
                }
            } else {
                finished.add(batch);
            }
            drainLoop();
        } else {
            finished.add(batch);
            drain();
        }
    }

    /** More results are asked for. By downstream. */
    void request(long more) {
        long was;
        do {
            was = requested;
        } while (!REQUESTED.compareAndSet(this, was, Operators.addCap(was, more)));
        drain();
    }

    /** Upstream has ended. */
    void done(@Nullable Throwable with) {
        error = with;
        done = true;
        drain();
    }

    /** Whether this call is what ends the run early; the caller then stops the rest and calls {@link #stopped}. */
    boolean halt(@Nullable Throwable with) {
        return !terminated && HALT.compareAndSet(this, null, with == null ? CANCEL : with);
    }

    /** The rest of a halted run has stopped: an error may be signalled. */
    void stopped() {
        stopped = true;
        drain();
    }

    boolean isHalted() {
        return halt != null;
    }

    boolean isCancelled() {
        return halt == CANCEL;
    }

    boolean isDone() {
        return done;
    }

    boolean isTerminated() {
        return terminated;
    }

    @Nullable
    Throwable error() {
        Object with = halt;
        return with instanceof Throwable thrown ? thrown : done ? error : null;
    }

    long requested() {
        return requested;
    }

    long missing() {
        return requested - emitted;
    }

    int waiting() {
        return finished.size() + (open == null ? 0 : 1);
    }

    void drain() {
        if ((long) WIP.getAndAdd(this, 1L) == 0) {
            drainLoop();
        }
    }

    /** By the one who raised {@code wip} from 0. */
    private void drainLoop() {
        long answered;
        do {
            answered = wip;
            if (halt == null) {
                emitWaiting();
            } else {
                discardWaiting();
            }
        } while ((long) WIP.getAndAdd(this, -answered) != answered);
        run.wake();
    }

    @SuppressWarnings("unchecked") // only results and batches of them are added
    private void emitWaiting() {
        Batch<R> rest = open;
        if (rest != null && !emit(rest, openAt)) {
            return;
        }
        while (emitted != requested) {
            Object result = finished.poll();
            if (result == null) {
                break;
            }
            if (result instanceof Batch<?> batch) {
                if (!emit((Batch<R>) batch, 0)) {
                    return;
                }
            } else {
                emit((R) result);
                if (halt != null) {
                    return;
                }
            }
        }
        endIfAllIsOut();
    }

    /** Whether all of it is out, and the run goes on. */
    private boolean emit(Batch<R> batch, int from) {
        BatchSubscriber<? super R> whole = batches;
        if (whole == null || !whole.beginBatch()) {
            return emitEach(batch, from);
        }
        try {
            return emitEach(batch, from);
        } finally {
            whole.endBatch();
        }
    }

    private boolean emitEach(Batch<R> batch, int from) {
        for (int at = from; at < batch.count(); at++) {
            if (emitted == requested || halt != null) {
                open = batch;
                openAt = at;
                return false;
            }
            emit(batch.get(at));
        }
        if (open != null) {
            open = null;
        }
        return halt == null;
    }

    private void emit(R result) {
        EMITTED.setRelease(this, emitted + 1);
        try {
            actual.onNext(result);
        } catch (Throwable e) { // against the rules, but the lanes must not wait for ever
            run.fail(e);
            return;
        }
        endIfAllIsOut();
    }

    private void endIfAllIsOut() {
        if (done && !terminated && halt == null && emitted == run.accepted()) {
            terminated = true;
            run.ended();
            if (error == null) {
                actual.onComplete();
            } else {
                actual.onError(error);
            }
        }
    }

    private void discardWaiting() {
        Batch<R> rest = open;
        if (rest != null) {
            open = null;
            rest.discard(openAt, context);
        }
        for (Object result = finished.poll(); result != null; result = finished.poll()) {
            if (result instanceof Batch<?> batch) {
                batch.discard(0, context);
            } else {
                Operators.onDiscard(result, context);
            }
        }
        if (stopped && !terminated && halt instanceof Throwable thrown) {
            terminated = true;
            run.ended();
            actual.onError(thrown);
        }
    }
}
