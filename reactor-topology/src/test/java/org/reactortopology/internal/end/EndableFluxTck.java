package org.reactortopology.internal.end;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Flux;

/** The Reactive Streams rules for a publisher, for a flux that can be ended early. */
public class EndableFluxTck extends PublisherVerification<Integer> {

    public EndableFluxTck() {
        super(new TestEnvironment(1000, 50), 250);
    }

    @Override
    public Publisher<Integer> createPublisher(long items) {
        return new EarlyEnd().guard(Flux.range(0, (int) Math.min(items, 100_000)));
    }

    @Override
    public @Nullable Publisher<Integer> createFailedPublisher() {
        return new EarlyEnd().guard(Flux.error(new IllegalStateException("broke")));
    }
}
