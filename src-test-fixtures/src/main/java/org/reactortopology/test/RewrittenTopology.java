package org.reactortopology.test;

import java.util.List;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.TopologyOrigin;

/** Builds a topology by its own factory and puts faults into it, in the same way in every process. */
final class RewrittenTopology implements TopologyFactory<RewrittenTopology.Params, Object> {

    /**
     * All of it data.
     *
     * @param original where the topology without faults comes from
     * @param faults see {@link Faults}
     * @param chaos see {@link Chaos}; one or none
     */
    record Params(TopologyOrigin original, List<FaultData> faults, List<ChaosData> chaos) {
        /** Copies the lists. */
        Params {
            faults = List.copyOf(faults);
            chaos = List.copyOf(chaos);
        }
    }

    @Override
    public Topology<Object> create(Params params) {
        Topology<Object> topology = original(params.original());
        for (ChaosData chaos : params.chaos()) {
            topology = chaos.in(topology);
        }
        return Faults.of(params.faults().stream().map(FaultData::fault).toList())
                .here(topology);
    }

    /** The topology of that origin with faults and chaos in it, built anew, so that it has an origin too. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // what the factory builds is a Topology<O>, as it did for the origin
    static <O> Topology<O> of(TopologyOrigin original, List<FaultData> faults, List<ChaosData> chaos) {
        return (Topology<O>) Topology.from((Class) RewrittenTopology.class, new Params(original, faults, chaos));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // it was called with these very parameters before
    private static Topology<Object> original(TopologyOrigin origin) {
        return Topology.from((Class) origin.factory(), origin.params());
    }
}
