package org.reactortopology.internal.lane;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.reactortopology.internal.end.BatchSubscriber;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription of {@link FluxLanes}: items come in by an {@link Intake}, lanes run them, results leave by an {@link Outlet}.
 */
final class LaneRun<A, R> implements BatchSubscriber<A>, Subscription, Scannable, QueueGauge.Source {

    private final QueueGauge gauge;
    private final Intake<A> intake;
    private final Outlet<R> outlet;
    private final LaneTurns<A, R> turns;
    private final int prefetch;

    /** Whether more items come at once, and then {@link #endBatch}. Confined to upstream. */
    private boolean batching;

    LaneRun(
            CoreSubscriber<? super R> actual,
            List<? extends LaneFunction<A, R>> functions,
            Executor threads,
            Bound<A> bound,
            QueueGauge gauge) {
        this(actual, functions, threads, Intake.of(bound, gauge), bound.items(), bound.items(), gauge);
    }

    LaneRun(
            CoreSubscriber<? super R> actual,
            List<? extends LaneFunction<A, R>> functions,
            Executor threads,
            Intake<A> intake,
            int prefetch,
            int held,
            QueueGauge gauge) {
        this.gauge = gauge;
        this.intake = intake;
        this.outlet = new Outlet<>(actual, this, functions.size());
        this.prefetch = prefetch;
        this.turns = new LaneTurns<>(this, functions, threads, intake, outlet, held);
    }

    @Override
    public Context currentContext() {
        return outlet.context;
    }

    @Override
    public void onSubscribe(Subscription from) {
        if (intake.subscribed(from)) {
            gauge.show(this);
            outlet.actual.onSubscribe(this);
            if (!outlet.isHalted()) {
                intake.start(from);
                wake(); // what was let in while it was asked for
            }
        }
    }

    @Override
    public void onNext(A item) {
        Objects.requireNonNull(item, "item");
        if (outlet.isDone()) {
            Operators.onNextDropped(item, outlet.context);
            return;
        }
        if (outlet.isHalted()) {
            Operators.onDiscard(item, outlet.context);
            return;
        }
        try {
            if (!intake.offer(item)) {
                fail(Intake.overflow(gauge));
                Operators.onDiscard(item, outlet.context);
            }
        } catch (Throwable e) { // out of the weigher
            fail(e);
            Operators.onDiscard(item, outlet.context);
        }
        if (!batching) {
            wake();
        }
    }

    @Override
    public boolean beginBatch() {
        batching = true;
        return true;
    }

    @Override
    public void endBatch() {
        batching = false;
        wake();
    }

    @Override
    public void onError(Throwable e) {
        Objects.requireNonNull(e, "error");
        if (outlet.isDone() || outlet.isHalted()) {
            Operators.onErrorDropped(e, outlet.context);
        } else {
            outlet.done(e);
        }
    }

    @Override
    public void onComplete() {
        if (!outlet.isDone()) {
            outlet.done(null);
        }
    }

    @Override
    public void request(long more) {
        if (Operators.validate(more)) {
            outlet.request(more);
        }
    }

    @Override
    public void cancel() {
        if (outlet.halt(null)) {
            halt();
        }
    }

    /** Ends the run with an error at once. */
    void fail(Throwable e) {
        if (outlet.halt(e)) {
            halt();
        } else {
            Operators.onErrorDropped(e, outlet.context);
        }
    }

    private void halt() {
        intake.close(outlet.context);
        turns.interrupt();
        intake.halt(outlet.context);
        turns.discard();
        gauge.hide(this);
        outlet.stopped();
    }

    /** Items may have come, or results have left: perhaps an idle lane has something to do. Any thread. */
    void wake() {
        turns.wake();
    }

    LaneTurns<A, R> turns() {
        return turns;
    }

    boolean isHalted() {
        return outlet.isHalted();
    }

    /** Items that have come in. Exact once upstream has ended. */
    long accepted() {
        return intake.accepted();
    }

    /** Fewer items than it seemed have come in: perhaps all results are out. Any thread. */
    void endIfAllIsOut() {
        outlet.drain();
    }

    /** The last signal is about to be given. */
    void ended() {
        gauge.hide(this);
        intake.ended();
    }

    @Override
    public List<A> running() {
        return turns.running();
    }

    @Override
    public int depth() {
        return intake.size();
    }

    @Override
    public long weight() {
        return intake.weight();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return intake.upstream();
        }
        if (key == Attr.ACTUAL) {
            return outlet.actual;
        }
        if (key == Attr.BUFFERED) {
            return intake.size() + outlet.waiting();
        }
        if (key == Attr.PREFETCH) {
            return prefetch;
        }
        if (key == Attr.CANCELLED) {
            return outlet.isCancelled();
        }
        if (key == Attr.TERMINATED) {
            return outlet.isTerminated();
        }
        if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
            return outlet.missing();
        }
        if (key == Attr.ERROR) {
            return outlet.error();
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
    }
}
