package org.reactortopology.commandline;

import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.Work;

/** The numbers below a bound. */
final class RangeFactory implements TopologyFactory<RangeFactory.Range, Long> {

    record Range(long to) {}

    @Override
    public Topology<Long> create(Range range) {
        if (range.to() > 1000) {
            throw new IllegalArgumentException("to is " + range.to() + ": give at most 1000");
        }
        return Topology.named("range")
                .source("numbers", Series.range(0, range.to(), 1))
                .map("half", Work.cpu((Long n) -> n / 2))
                .build();
    }
}
