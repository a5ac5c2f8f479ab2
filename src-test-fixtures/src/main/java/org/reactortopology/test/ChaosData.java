package org.reactortopology.test;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.reactortopology.Topology;
import org.reactortopology.spi.Step;

/**
 * The part of {@link Chaos} that items bring, so that it can cross to another process.
 *
 * @param sparedPid the process that must not end
 * @param works names of the works that it happens in; empty for all
 */
record ChaosData(long seed, long sparedPid, List<ChaosFault> faults, Set<String> works) {

    /** Copies the lists. */
    ChaosData {
        faults = List.copyOf(faults);
        works = Set.copyOf(works);
    }

    /** The same topology with the chaos around its works; without an origin. */
    <O> Topology<O> in(Topology<O> topology) {
        Set<String> names = new LinkedHashSet<>();
        topology.plan().works().forEach(work -> names.add(work.name()));
        for (String work : works) {
            if (!names.contains(work)) {
                throw new IllegalArgumentException("topology '" + topology.name() + "' has no work '" + work
                        + "' for chaos: its works are " + names);
            }
        }
        ChaosInterceptor interceptor = new ChaosInterceptor(seed, sparedPid, faults);
        return PlanRewrite.works(topology, work -> happensIn(work) ? work.intercepted(interceptor) : work);
    }

    /** A recovery sees the key of an item that has just failed of it. */
    private boolean happensIn(Step.WorkStep work) {
        return works.isEmpty() ? work.role() != Step.Role.RECOVER : works.contains(work.name());
    }
}
