package org.reactortopology.benchmarks.scale;

import static org.reactortopology.Work.cpu;

import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;

/** Integers through works of which the first computes for a while and the others do nothing. */
public final class Numbers implements TopologyFactory<Numbers.Params, Long> {

    /**
     * How many of what.
     *
     * @param items integers
     * @param works one after the other, at least one
     * @param turns of {@link Spin} in the first
     */
    public record Params(long items, int works, long turns) {}

    @Override
    public Topology<Long> create(Params params) {
        Stage<Long> stage = Topology.named("numbers").source("n", Series.range(0, params.items(), 1));
        stage = stage.map("work-1", cpu((Long n) -> params.turns() == 0 ? n : Spin.turns(n, params.turns())));
        for (int work = 2; work <= params.works(); work++) {
            stage = stage.map("work-" + work, cpu((Long n) -> n));
        }
        return stage.build();
    }

    /** So many of them. */
    public static Topology<Long> topology(long items, int works, long turns) {
        return Topology.from(Numbers.class, new Params(items, works, turns));
    }
}
