package org.reactortopology.internal.lane;

import reactor.core.publisher.Flux;

/** The rules for a hop. */
public class FluxLanesTck extends HopVerification {

    @Override
    FluxLanes<?, Integer> hop(Flux<Integer> source) {
        return twoLanes(source, () -> item -> item, 7);
    }
}
