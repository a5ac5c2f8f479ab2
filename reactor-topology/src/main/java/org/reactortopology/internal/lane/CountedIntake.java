package org.reactortopology.internal.lane;

import org.reactivestreams.Subscription;
import reactor.util.context.Context;

/** Bounded by the number of items: asks for all at first, and again when three quarters have been taken. */
final class CountedIntake<A> extends Intake<A> {

    /** A buffer that holds no more is there for large items: references to taken ones are dropped at once. */
    private static final int FEW = 16;

    private final int items;
    private final int lowTide;

    /** Items granted to upstream beyond the first {@code items}. Written by the one who tends, read by all. */
    private volatile long granted;

    /** Items taken when upstream last looked. Upstream only. */
    private long seenTaken;

    CountedIntake(int items, QueueGauge gauge) {
        super(items, gauge);
        this.items = items;
        this.lowTide = items - (items >> 2);
    }

    @Override
    void start(Subscription from) {
        from.request(items);
    }

    @Override
    boolean offer(A item) {
        long added = ring.added();
        if (added - granted >= items) {
            return false;
        }
        ring.add(item);
        if (added + 1 - seenTaken > gauge.highest()) {
            seenTaken = ring.taken();
            gauge.reached((int) (added + 1 - seenTaken));
        }
        discardIfHalted();
        return true;
    }

    @Override
    long accepted() {
        return ring.added();
    }

    @Override
    long weight() {
        return 0;
    }

    @Override
    boolean due() {
        return items <= FEW ? ring.taken() > ring.cleared() : ring.taken() - granted >= lowTide;
    }

    @Override
    void tend(Subscription from) {
        ring.clear();
        long before = granted;
        long free = ring.cleared() - before;
        if (free >= lowTide) {
            granted = before + free;
            from.request(free);
        }
    }

    @Override
    void discardRest(Context context) {
        // everything is in the ring
    }
}
