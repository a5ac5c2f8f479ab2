package org.reactortopology.internal.lane;

import reactor.core.publisher.Flux;

/** The rules for a hop whose lanes hold results back. */
public class HeldResultsTck extends HopVerification {

    private static final class Quick implements LaneFunction<Integer, Integer> {
        @Override
        public Integer apply(Integer item) {
            return item;
        }

        @Override
        public boolean isQuick() {
            return true;
        }
    }

    @Override
    FluxLanes<?, Integer> hop(Flux<Integer> source) {
        return twoLanes(source, Quick::new, 16);
    }
}
