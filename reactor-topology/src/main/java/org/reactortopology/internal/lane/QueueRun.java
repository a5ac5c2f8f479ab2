package org.reactortopology.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription of {@link FluxQueue}. Whoever raises {@code wip} from 0 emits what the {@link Intake} holds, for all that raise it further
 * in the meantime.
 */
final class QueueRun<A> implements CoreSubscriber<A>, Subscription, Scannable, QueueGauge.Source {

    private static final VarHandle WIP = Fields.of(MethodHandles.lookup(), "wip", int.class);
    private static final VarHandle HALT = Fields.of(MethodHandles.lookup(), "halt", Object.class);
    private static final VarHandle REQUESTED = Fields.of(MethodHandles.lookup(), "requested", long.class);
    private static final Object CANCEL = new Object();

    private final CoreSubscriber<? super A> actual;
    private final Context context;
    private final QueueGauge gauge;
    private final Intake<A> intake;
    private final int prefetch;

    /** Calls for emission not answered yet. Raised by anyone, lowered by the one who raised it from 0 and emits. */
    private volatile int wip;

    /** What ended the run early: null, CANCEL or a Throwable. Written once by anyone, read by all. */
    private volatile @Nullable Object halt;

    /** What upstream ended with. Written by upstream before {@code done}, read by the one who emits after it. */
    private @Nullable Throwable error;

    /** Whether upstream has ended. Written by upstream, read by the one who emits. */
    private volatile boolean done;

    /** Items asked for. Raised by downstream, read by the one who emits. */
    private volatile long requested;

    /** Items emitted. Written by the one who emits, read by scans. */
    private volatile long emitted;

    /** Whether the last signal has been given. Written by the one who emits, read by all. */
    private volatile boolean terminated;

    QueueRun(CoreSubscriber<? super A> actual, Bound<A> bound, QueueGauge gauge) {
        this.actual = actual;
        this.context = actual.currentContext();
        this.gauge = gauge;
        this.intake = Intake.of(bound, gauge);
        this.prefetch = bound.items();
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription from) {
        if (intake.subscribed(from)) {
            gauge.show(this);
            actual.onSubscribe(this);
            if (halt == null) {
                intake.start(from);
                drain(); // what was let in while it was asked for
            }
        }
    }

    @Override
    public void onNext(A item) {
        Objects.requireNonNull(item, "item");
        if (done) {
            Operators.onNextDropped(item, context);
            return;
        }
        if (halt != null) {
            Operators.onDiscard(item, context);
            return;
        }
        try {
            if (!intake.offer(item)) {
                fail(Intake.overflow(gauge));
                Operators.onDiscard(item, context);
            }
        } catch (Throwable e) { // out of the weigher
            fail(e);
            Operators.onDiscard(item, context);
        }
        drain();
    }

    @Override
    public void onError(Throwable e) {
        Objects.requireNonNull(e, "error");
        if (done || halt != null) {
            Operators.onErrorDropped(e, context);
        } else {
            error = e;
            done = true;
            drain();
        }
    }

    @Override
    public void onComplete() {
        if (!done) {
            done = true;
            drain();
        }
    }

    @Override
    public void request(long more) {
        if (Operators.validate(more)) {
            long was;
            do {
                was = requested;
            } while (!REQUESTED.compareAndSet(this, was, Operators.addCap(was, more)));
            drain();
        }
    }

    @Override
    public void cancel() {
        halt(CANCEL);
    }

    private void fail(Throwable e) {
        if (!halt(e)) {
            Operators.onErrorDropped(e, context);
        }
    }

    private boolean halt(Object with) {
        if (terminated || !HALT.compareAndSet(this, null, with)) {
            return false;
        }
        intake.close(context);
        intake.halt(context);
        gauge.hide(this);
        drain();
        return true;
    }

    private void drain() {
        if ((int) WIP.getAndAdd(this, 1) != 0) {
            return;
        }
        int answered;
        do {
            answered = wip;
            emitHeld();
            endIfDue();
        } while ((int) WIP.getAndAdd(this, -answered) != answered);
    }

    private void emitHeld() {
        long out = emitted;
        while (halt == null && out != requested) {
            A item = intake.poll();
            if (item == null) {
                return;
            }
            emitted = ++out;
            try {
                actual.onNext(item);
                if (intake.due()) {
                    intake.replenish();
                }
            } catch (Throwable e) { // against the rules, but the next drain must find wip at 0
                fail(e);
                return;
            }
        }
    }

    private void endIfDue() {
        if (terminated) {
            return;
        }
        if (halt instanceof Throwable thrown) {
            terminated = true;
            actual.onError(thrown);
        } else if (halt == null && done && emitted == intake.accepted()) {
            terminated = true;
            gauge.hide(this);
            if (error == null) {
                actual.onComplete();
            } else {
                actual.onError(error);
            }
        }
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
    public List<A> running() {
        return List.of();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return intake.upstream();
        }
        if (key == Attr.ACTUAL) {
            return actual;
        }
        if (key == Attr.BUFFERED) {
            return intake.size();
        }
        if (key == Attr.PREFETCH) {
            return prefetch;
        }
        if (key == Attr.CANCELLED) {
            return halt == CANCEL;
        }
        if (key == Attr.TERMINATED) {
            return terminated;
        }
        if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
            return requested - emitted;
        }
        if (key == Attr.ERROR) {
            return halt instanceof Throwable thrown ? thrown : done ? error : null;
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }
}
