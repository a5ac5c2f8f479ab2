package org.reactortopology.spi;

import java.util.function.Function;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.internal.run.RecordedRun;

/** Makes runs that keep the promises of {@link TopologyRun}, whatever the executor behind them. */
public final class Runs {

    private Runs() {}

    /**
     * A run of the topology: single subscription, early ends, counting, progress and report are added to what the executor does.
     *
     * @param start called once, when the outcomes are subscribed to
     */
    public static <O> TopologyRun<O> create(Topology<O> topology, Function<RunRecorder, Execution> start) {
        return new RecordedRun<>(topology.plan(), start);
    }
}
