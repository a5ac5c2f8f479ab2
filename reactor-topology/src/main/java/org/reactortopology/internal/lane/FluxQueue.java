package org.reactortopology.internal.lane;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/**
 * A bounded buffer without a thread: items leave in the order they came in, on the thread that brings one or asks for one. The buffer asks for
 * as many as its bound says at first and for more when three quarters have been taken (with a weigher, one at a time while weight is free).
 *
 * <p>An error of the source comes after what the buffer holds. A weigher that throws or a source that sends unasked ends the flux at once;
 * then, and on cancel, upstream is cancelled and what is held is discarded.
 */
public final class FluxQueue<A> extends FluxOperator<A, A> {

    private final Bound<A> bound;
    private final QueueGauge gauge;

    /**
     * A buffer behind a source.
     *
     * @param gauge shows the depth of the buffer of the latest subscription
     */
    public FluxQueue(Flux<A> source, Bound<A> bound, QueueGauge gauge) {
        super(source);
        this.bound = bound;
        this.gauge = gauge;
    }

    @Override
    public int getPrefetch() {
        return bound.items();
    }

    @Override
    public void subscribe(CoreSubscriber<? super A> actual) {
        source.subscribe(new QueueRun<>(actual, bound, gauge));
    }
}
