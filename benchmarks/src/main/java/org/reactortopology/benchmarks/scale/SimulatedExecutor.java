package org.reactortopology.benchmarks.scale;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyOrigin;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.internal.coordinator.RunSettings;
import org.reactortopology.multiprocess.internal.coordinator.SlicedRun;
import org.reactortopology.multiprocess.internal.payload.StartMessage;
import org.reactortopology.multiprocess.internal.payload.TaggedCodec;
import org.reactortopology.multiprocess.internal.pool.Pool;
import org.reactortopology.multiprocess.internal.pool.PoolSettings;
import org.reactortopology.multiprocess.internal.pool.WorkerStarter;
import org.reactortopology.multiprocess.internal.simulation.InMemoryStarter;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.spi.Runs;
import reactor.core.scheduler.Schedulers;

/**
 * Runs topologies with the coordinator of the multi-process executor, its defaults, and workers in this JVM.
 *
 * @param workers of one thread each
 * @param starter makes what starts them, for each run
 */
record SimulatedExecutor(int workers, Supplier<WorkerStarter> starter) implements TopologyExecutor {

    private static final int BUFFER = 4096;
    private static final int MIB = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Workers that do the work, each with a lane of its own. */
    static SimulatedExecutor sessions(int workers) {
        return new SimulatedExecutor(workers, InMemoryStarter::new);
    }

    /** Workers that let that time pass for each item and do nothing. */
    static SimulatedExecutor timed(int workers, Duration perItem) {
        return new SimulatedExecutor(workers, () -> new TimedStarter(perItem));
    }

    @Override
    public <O> TopologyRun<O> run(Topology<O> topology) {
        TopologyOrigin origin = topology.origin().orElseThrow();
        WorkerSlice slice = WorkerSlice.of(topology.plan()).orElseThrow();
        StartMessage start = new StartMessage(
                origin.factory().getName(),
                origin.params().getClass().getName(),
                StartMessage.tree(origin.params()),
                topology.fingerprint(),
                TaggedCodec.Factory.class.getName(),
                1,
                64 * MIB,
                BUFFER,
                32L * MIB,
                0,
                false,
                Map.of());
        RunSettings settings =
                new RunSettings(workers, 1, BUFFER, 64L * MIB, 64 * MIB, PATIENCE, 0, PATIENCE, PATIENCE, false);
        Codec codec = new TaggedCodec.Factory().create(topology.plan().types());
        Supplier<WorkerStarter> starters = starter;
        return Runs.create(
                topology,
                recorder -> new SlicedRun(
                                slice,
                                start,
                                settings,
                                codec,
                                () -> new Pool(
                                                PoolSettings.of(workers, PATIENCE),
                                                starters.get(),
                                                Schedulers.parallel(),
                                                Schedulers.boundedElastic())
                                        .onlyLauncher(),
                                recorder)
                        .execution());
    }
}
