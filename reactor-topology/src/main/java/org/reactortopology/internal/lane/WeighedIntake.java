package org.reactortopology.internal.lane;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Bounded by the number of items and by their weight: asks for one item at a time, and only while weight is free. An item that does not fit
 * waits at the door, which holds one. All of it happens in {@link #tend}, one thread at a time.
 */
final class WeighedIntake<A> extends Intake<A> {

    private final int items;
    private final long most;
    private final ToLongFunction<? super A> weigher;

    /** Weight of each item in the ring, at its index. Only the one who tends. */
    private long[] weights;

    /** Items whose weight has been subtracted. Only the one who tends. */
    private long forgotten;

    /** Items that upstream has brought. Written by upstream, read once it has ended. */
    private long arrived;

    /** Written by upstream with an item at the door, by the one who tends when the item goes in. */
    private long doorWeight;

    /** Written by upstream when it is null, set to null by the one who tends. */
    private volatile @Nullable A door;

    /** Whether upstream was asked for an item that has not come. Set by the one who tends, cleared by upstream. */
    private volatile boolean asked;

    /** Weight of the items held. Written by the one who tends, read by all. */
    private volatile long weight;

    WeighedIntake(Bound<A> bound, QueueGauge gauge) {
        super(bound.items(), gauge);
        if (bound.weigher() == null) {
            throw new IllegalArgumentException("no weigher");
        }
        this.items = bound.items();
        this.most = bound.weight();
        this.weigher = bound.weigher();
        this.weights = new long[1];
    }

    @Override
    void start(Subscription from) {
        replenish();
    }

    @Override
    boolean offer(A item) {
        if (!asked) {
            return false;
        }
        long heavy = weigher.applyAsLong(item);
        if (heavy < 0) {
            throw new IllegalArgumentException("edge '" + gauge.edge() + "': the weigher gave " + heavy + " for " + item
                    + "; a weight is 0 or more");
        }
        arrived++;
        doorWeight = heavy;
        door = item;
        asked = false;
        replenish();
        return true;
    }

    @Override
    long accepted() {
        return arrived;
    }

    @Override
    long weight() {
        return weight;
    }

    @Override
    boolean due() {
        return ring.taken() > ring.cleared();
    }

    @Override
    void tend(Subscription from) {
        forget();
        A item = door;
        if (item != null && fits(doorWeight)) {
            admit(item);
        }
        if (!asked && door == null && weight < most && ring.added() - forgotten < items) {
            asked = true;
            from.request(1);
        }
    }

    @Override
    void discardRest(Context context) {
        A item = door;
        if (item != null) {
            door = null;
            Operators.onDiscard(item, context);
        }
    }

    private void forget() {
        ring.clear();
        long to = ring.cleared();
        long freed = 0;
        for (; forgotten < to; forgotten++) {
            freed += weights[(int) forgotten & (weights.length - 1)];
        }
        addWeight(-freed);
    }

    /** Only the one who tends writes it. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void addWeight(long difference) {
        weight += difference;
    }

    private boolean fits(long heavy) {
        long held = ring.added() - forgotten;
        return held == 0 || (held < items && heavy <= most - weight);
    }

    private void admit(A item) {
        long at = ring.added();
        if (at - forgotten >= weights.length) {
            grow(at);
        }
        weights[(int) at & (weights.length - 1)] = doorWeight;
        addWeight(doorWeight);
        door = null;
        ring.add(item);
        gauge.reached((int) (at + 1 - forgotten));
    }

    private void grow(long end) {
        long[] wider = new long[weights.length << 1];
        for (long at = forgotten; at < end; at++) {
            wider[(int) at & (wider.length - 1)] = weights[(int) at & (weights.length - 1)];
        }
        weights = wider;
    }
}
