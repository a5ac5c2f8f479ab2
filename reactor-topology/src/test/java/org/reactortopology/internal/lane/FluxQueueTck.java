package org.reactortopology.internal.lane;

import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Flux;

/** The Reactive Streams rules for a publisher, for a queue with a weigher. */
public class FluxQueueTck extends PublisherVerification<Integer> {

    public FluxQueueTck() {
        super(new TestEnvironment(1000, 50), 250);
    }

    @Override
    public Publisher<Integer> createPublisher(long items) {
        return queue(Flux.range(0, (int) Math.min(items, 100_000)));
    }

    @Override
    public Publisher<Integer> createFailedPublisher() {
        return queue(Flux.error(new IllegalStateException("failed on purpose")));
    }

    @Override
    public long maxElementsFromPublisher() {
        return 100_000;
    }

    private static FluxQueue<Integer> queue(Flux<Integer> source) {
        return new FluxQueue<>(source, new Bound<Integer>(7, 4, item -> 1), new QueueGauge("edge", 7, 4));
    }
}
