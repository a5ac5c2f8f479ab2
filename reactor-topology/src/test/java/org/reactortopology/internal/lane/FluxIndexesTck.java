package org.reactortopology.internal.lane;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The rules for a hop whose lanes take indexes. */
public class FluxIndexesTck extends HopVerification {

    @Override
    public Publisher<Integer> createPublisher(long items) {
        return twoLanes(
                new FluxIndexes((int) Math.min(items, maxElementsFromPublisher())), () -> Integer.class::cast, 7);
    }

    /** Indexes never fail. */
    @Override
    public @Nullable Publisher<Integer> createFailedPublisher() {
        return null;
    }

    @Override
    FluxLanes<?, Integer> hop(Flux<Integer> source) {
        throw new UnsupportedOperationException("indexes are the source");
    }
}
