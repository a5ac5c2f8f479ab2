package org.reactortopology.job.internal.reading;

import org.reactortopology.Topology;
import org.reactortopology.TopologyException;
import org.reactortopology.TopologyFactory;
import org.reactortopology.job.JobException;
import org.reactortopology.job.Topologies;
import org.reactortopology.job.internal.directory.Parameters;

/** Builds the topology of a job anew from what its ledger says it was built from. */
public final class Origins {

    private Origins() {}

    /**
     * The topology of the latest run.
     *
     * @throws JobException if it has no origin, or its factory is not there any more, throws, or does not take its parameters
     */
    public static Topology<?> topology(LedgerReader ledger) {
        RecordedRun run = RecordedRun.latest(ledger);
        if (run.factory().isEmpty() || run.params().isEmpty()) {
            throw new JobException("the topology '" + run.topology() + "' of the job in '" + ledger.directory()
                    + "' was not built by a factory, so that it cannot be built again from here: build it by"
                    + " Topology.from(factory, parameters), or give it yourself");
        }
        Class<?> factory = factory(run.factory().get(), ledger);
        Object params = Parameters.fromJson(factory, run.params().get());
        try {
            return from(factory, params);
        } catch (TopologyException e) {
            throw e; // says what is wrong
        } catch (RuntimeException e) {
            throw new JobException(
                    "the factory " + factory.getName() + " of the job in '" + ledger.directory()
                            + "' refuses the parameters " + run.params().get() + " that are recorded: " + e
                            + ": see that all that it needs is there",
                    e);
        }
    }

    private static Class<?> factory(String name, LedgerReader ledger) {
        try {
            return Topologies.factory(name);
        } catch (JobException e) {
            throw e.getCause() == null
                    ? e
                    : new JobException(
                            "the factory " + name + " of the job in '" + ledger.directory()
                                    + "' is not on the class path: start the program that the job was begun with",
                            e.getCause());
        }
    }

    /** The type of the parameters was taken from the factory itself. */
    @SuppressWarnings("unchecked")
    private static <P> Topology<?> from(Class<?> factory, Object params) {
        return Topology.from((Class<? extends TopologyFactory<P, Object>>) factory, (P) params);
    }
}
