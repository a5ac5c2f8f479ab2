package org.reactortopology.internal.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The bounded buffer on an edge and the demand that fills it. Upstream calls {@link #offer} one item at a time; any thread may take. Whoever
 * takes calls {@link #replenish} when {@link #due} says so: one thread at a time then forgets what was taken and asks for more, for all that
 * come in the meantime, so that a source that emits while it is asked never recurses.
 */
abstract class Intake<A> {

    private static final VarHandle TENDING = Fields.of(MethodHandles.lookup(), "tending", int.class);
    private static final VarHandle CANCELLED = Fields.of(MethodHandles.lookup(), "upstreamCancelled", int.class);

    final Ring<A> ring;
    final QueueGauge gauge;

    /** Written once by {@code onSubscribe}, before any item or request. */
    private @Nullable Subscription upstream;

    /** Discards what comes or is here. Written by the one who halts, read by all. */
    private volatile @Nullable Context halted;

    /** Calls of {@link #replenish} not answered yet; the one who raises it from 0 answers. */
    @SuppressWarnings("unused") // TENDING
    private volatile int tending;

    @SuppressWarnings("unused") // CANCELLED
    private volatile int upstreamCancelled;

    Intake(int items, QueueGauge gauge) {
        this.ring = new Ring<>(items);
        this.gauge = gauge;
    }

    static <A> Intake<A> of(Bound<A> bound, QueueGauge gauge) {
        return bound.weigher() == null ? new CountedIntake<>(bound.items(), gauge) : new WeighedIntake<>(bound, gauge);
    }

    /** Asks upstream for the first items. Once, by {@code onSubscribe}. */
    abstract void start(Subscription from);

    /** Takes one item in; false when upstream sends more than it was asked for. By upstream. What it throws is the weigher's. */
    abstract boolean offer(A item);

    /** Items that upstream has brought. Exact once upstream has ended. */
    abstract long accepted();

    /** Weight of the items held. */
    abstract long weight();

    /** Whether {@link #replenish} has something to do. */
    abstract boolean due();

    /** Forgets what was taken, lets in what waits at the door, asks for more. By one thread at a time. */
    abstract void tend(Subscription from);

    /** Discards what waits elsewhere than in the ring. By one thread at a time. */
    abstract void discardRest(Context context);

    /** All results are out: who keeps the intake is not to keep more. */
    void ended() {
        // nobody keeps an intake but its run
    }

    /** Takes the oldest item, or null when none is here. */
    @Nullable
    A poll() {
        return ring.poll();
    }

    /** As {@link #poll()}, by a lane. One that is quick may be {@linkplain Lane#givenMore given} several at once, which stay open to all lanes. */
    @Nullable
    A poll(Lane<A, ?> lane) {
        return poll();
    }

    /** Items held now. */
    final int size() {
        return ring.size();
    }

    boolean isEmpty() {
        return ring.isEmpty();
    }

    final @Nullable Subscription upstream() {
        return upstream;
    }

    /** Whether this is the first subscription; another is cancelled. */
    final boolean subscribed(Subscription from) {
        if (!Operators.validate(upstream, from)) {
            return false;
        }
        upstream = from;
        return true;
    }

    final void replenish() {
        if (!beginReplenish()) {
            return;
        }
        int calls = 1;
        do {
            try {
                answer();
            } catch (Throwable e) { // against the rules, but the count must not be lost
                TENDING.setVolatile(this, 0);
                throw e;
            }
            calls = answered(calls);
        } while (calls != 0);
    }

    /** Whether the caller is the one to {@link #answer}; if not, another thread answers for it. */
    final boolean beginReplenish() {
        return (int) TENDING.getAndAdd(this, 1) == 0;
    }

    /** Answers the calls so far; may run the source, for as long as that likes. */
    final void answer() {
        Context context = halted;
        Subscription from = upstream;
        if (context != null) {
            discardRest(context);
            discardHeld(context);
            ring.clear();
        } else if (from != null) {
            tend(from);
        }
    }

    /** That many calls, 1 at first, have been answered. How many are to be answered yet; if 0, the caller is not the one any more. */
    final int answered(int calls) {
        return (int) TENDING.getAndAdd(this, -calls) - calls;
    }

    /** Upstream is not asked for anything from now on, and what comes is discarded. */
    final void close(Context context) {
        halted = context;
    }

    /** Whether {@link #close} was called. Any thread. */
    final boolean isClosed() {
        return halted != null;
    }

    /** After {@link #close}: cancels upstream once and discards what is held. Any thread, any number of times. */
    final void halt(Context context) {
        cancelUpstream();
        discardHeld(context);
        replenish();
    }

    final void cancelUpstream() {
        Subscription from = upstream;
        if (from != null && CANCELLED.compareAndSet(this, 0, 1)) {
            from.cancel();
        }
    }

    /** Called by upstream after it has put an item in. */
    final void discardIfHalted() {
        Context context = halted;
        if (context != null) {
            discardHeld(context);
        }
    }

    private void discardHeld(Context context) {
        for (A item = ring.poll(); item != null; item = ring.poll()) {
            Operators.onDiscard(item, context);
        }
    }

    static RuntimeException overflow(QueueGauge gauge) {
        return Exceptions.failWithOverflow("edge '" + gauge.edge() + "' was sent more items than the "
                + gauge.capacity() + " that it had asked for: the source before it ignores demand");
    }
}
