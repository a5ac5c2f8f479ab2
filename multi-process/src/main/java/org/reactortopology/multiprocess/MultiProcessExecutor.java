package org.reactortopology.multiprocess;

import java.util.List;
import java.util.Map;
import org.reactortopology.InvalidTopologyException;
import org.reactortopology.Partitioning;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyOrigin;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.internal.coordinator.Coordinator;
import org.reactortopology.multiprocess.internal.coordinator.RunSettings;
import org.reactortopology.multiprocess.internal.coordinator.SlicedRun;
import org.reactortopology.multiprocess.internal.payload.StartMessage;
import org.reactortopology.multiprocess.internal.process.MachineShare;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.spi.Execution;
import org.reactortopology.spi.RunRecorder;
import org.reactortopology.spi.Runs;
import reactor.core.Disposable;

/**
 * Runs a topology over child JVMs on this machine. The source runs here, and so does what stands before {@code partition(..)} and behind
 * {@code gather()}; the works between run in the workers, each of which takes the next items when it has room for them (or as
 * {@link org.reactortopology.Partitioning} says) and runs them on a parallel scheduler of its own; what comes back is merged here, in the order in
 * which it comes.
 *
 * <ul>
 *   <li>The topology must be made by {@link Topology#from}, so that workers can build it too.
 *   <li>What goes to workers and what comes back, values that are computed once and accumulators included, must be of classes that the
 *       topology names ({@link org.reactortopology.TopologyBuilder#types}).
 *   <li>A worker that dies is replaced, and its items are run again: those that it was not busy with at once, the others once more among others and
 *       then alone. Only an item that kills its worker alone becomes {@link org.reactortopology.Outcome.Crashed}; a SIGKILL or SIGTERM, which may come
 *       from anyone, must then be seen three times. Works may thus run more than once for an item; of the outcomes of items made of others, those that come
 *       again under a key that has come are dropped.
 *   <li>An aggregate counts every item once: workers send their accumulators at checkpoints, and what was answered since the last of them is run again if
 *       they die, without a second outcome. So up to 8192 items more for each worker are held here where a
 *       slice aggregates. Works must give the same each time: an item that ends otherwise when it is run again for its value ends the run.
 *   <li>A call that has not ended half a second after its {@link org.reactortopology.Work#timeout} or {@link org.reactortopology.Work#silence} by
 *       this JVM's clock (a quarter of a second later at most, for silence) is ended with its worker; only its item has timed out.
 *   <li>The run fails with {@link WorkerDiedException} if more workers die than {@link MultiProcessBuilder#maxRestarts} allows, and with
 *       {@link WorkerStartException} if three in a row cannot start; outcomes that had arrived come first, unless works behind {@code gather()} were
 *       still busy with them.
 *   <li>Outcomes are emitted by a thread of the run's own, on which a subscriber may block; it stops its own run by that and nothing else.
 *   <li>Each run starts its own workers and ends them, unless the executor is given a {@link WorkerPool}, which keeps them for the next run; none outlives
 *       the run or the pool, nor this JVM, however that ends.
 * </ul>
 */
public final class MultiProcessExecutor implements TopologyExecutor {

    private final MultiProcessBuilder settings;
    private final Launchers launchers;

    MultiProcessExecutor(MultiProcessBuilder settings, Launchers launchers) {
        this.settings = settings;
        this.launchers = launchers;
    }

    /** An executor with as many workers as this machine has processors, and defaults for all else. */
    public static MultiProcessExecutor create() {
        return builder().build();
    }

    /** An executor with that many workers, and defaults for all else. */
    public static MultiProcessExecutor workers(int workers) {
        return builder().workers(workers).build();
    }

    /** Settings, each with its default. */
    public static MultiProcessBuilder builder() {
        return new MultiProcessBuilder();
    }

    /**
     * Starts workers for the run that is subscribed to next, so that they start while the caller does what else there is to do before it. They are as
     * those that the run would start itself; if it does not come, they end when they have been idle for 60 s, and at the latest with this JVM; the socket that they
     * connected to, its thread and its directory are there until the result is disposed of, or this JVM ends. Returns at once; where a worker cannot be started the
     * run tells. Workers that wait for a run already count: only those that are missing are started. Does nothing if a {@link WorkerPool} was given.
     *
     * <p>Until the run is known they write their logs in the directory of temporary files. If the logs of the run are to be on another file system, they
     * are ended, in the background, and the run starts its own.
     *
     * @param workers at most, and at most as many as the executor has: no more than there will be items
     * @return ends the workers and gives back all that there is for them, in the background, unless a run has taken them; those of an earlier call that still wait too
     * @throws IllegalArgumentException if it is below 1
     */
    public Disposable startAhead(int workers) {
        return launchers.startAhead((int) WorkerPoolBuilder.atLeast(1, "workers", workers));
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidTopologyException if the topology has no origin, or no part that workers could run
     */
    @Override
    public <O> TopologyRun<O> run(Topology<O> topology) {
        TopologyOrigin origin = topology.origin()
                .orElseThrow(() -> new InvalidTopologyException(
                        topology.name(),
                        List.of(
                                "it has no origin, so no worker can build it: move its description into the create method of a "
                                        + "TopologyFactory and make it by Topology.from(ThatFactory.class, params)")));
        WorkerSlice slice = WorkerSlice.of(topology.plan())
                .orElseThrow(() -> new InvalidTopologyException(
                        topology.name(),
                        List.of("nothing in it is for workers to run: put partition(..) before and gather() behind"
                                + " the works that they are to run")));
        if (topology.plan().partitioning() == Partitioning.CONTIGUOUS && slice.isOrderedBehind()) {
            throw new InvalidTopologyException(
                    topology.name(),
                    List.of(
                            "contiguous() sends the end of the source along with its beginning, but a window or ordered(..)"
                                    + " behind the slice lets only so many items pass ahead: partition by onDemand() or roundRobin()"));
        }
        MachineShare share = settings.share();
        int maxItemBytes = settings.workerSettings().maxItemBytes();
        StartMessage start = new StartMessage(
                origin.factory().getName(),
                origin.params().getClass().getName(),
                StartMessage.tree(origin.params()),
                topology.fingerprint(),
                settings.codec.getName(),
                share.threads(),
                maxItemBytes,
                settings.itemBuffer,
                settings.itemBufferBytes,
                settings.outcomeHold.toNanos(),
                topology.plan().observer() != null,
                Map.of());
        int startBytes = start.encode().length;
        if (startBytes > Coordinator.maxBodyBytes(maxItemBytes)) {
            throw new InvalidTopologyException(
                    topology.name(),
                    List.of("its parameters are " + startBytes + " bytes long when encoded: at most "
                            + Coordinator.maxBodyBytes(maxItemBytes)
                            + " may cross to a worker; write what is large to a file and give its path"));
        }
        return Runs.create(topology, recorder -> execution(topology, slice, start, share, recorder));
    }

    private Execution execution(
            Topology<?> topology, WorkerSlice slice, StartMessage start, MachineShare share, RunRecorder recorder) {
        Codec codec = settings.newCodec(topology.plan().types());
        RunSettings run = new RunSettings(
                share.workers(),
                share.threads(),
                settings.outcomeBuffer(share.workers()),
                settings.outcomeBufferBytes,
                settings.workerSettings().maxItemBytes(),
                settings.workerSettings().startTimeout(),
                settings.maxRestarts,
                settings.restartWindow,
                settings.workerSilence,
                settings.isPoolShared());
        return new SlicedRun(slice, start, run, codec, () -> launchers.launcher(share, topology), recorder).execution();
    }
}
