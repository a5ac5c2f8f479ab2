package org.reactortopology.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.test.ChaosFault.Kind;

/**
 * Real trouble with the processes of a run, from a seed: items that end or hang the worker that they are in, and kills, freezes and strangers from outside.
 *
 * <pre>{@code
 * Chaos chaos = Chaos.seeded(42).killEvery(ofMillis(300)).crashOn("17").hangOn("99");
 * TopologyRun<Long> run = executor.run(chaos.in(topology));
 * try (Chaos.Session session = chaos.start(run)) {
 *     run.outcomes().subscribe(..);
 *     ..
 *     session.report();
 * }
 * }</pre>
 *
 * <p>What items do is put around the works by {@link #in}: the first work that gets the key does it, also in child JVMs, to which it crosses with the topology's
 * origin. Those kinds that end a process never do so in the JVM in which {@code in} was called: there they are left out with a line in the log. What comes from outside is done
 * between {@link #start} and the end of the session, to workers of this JVM, of whichever run or pool.
 *
 * <p>The seed settles which of a share of keys are hit, when something is done, and to which of the workers that there are by then; what workers there are is up to the
 * machine. It stands in every report, and in the log of a worker before an item ends it.
 *
 * <p>Immutable: each method returns a changed copy. For Linux and macOS: signals are sent by {@code kill}.
 */
public final class Chaos {

    /** Latest things done that a report holds. */
    static final int EVENTS_KEPT = 10_000;

    private final long seed;
    private final List<ChaosFault> faults;
    private final Set<String> works;
    private final List<Disturbance> disturbances;

    private Chaos(long seed, List<ChaosFault> faults, Set<String> works, List<Disturbance> disturbances) {
        this.seed = seed;
        this.faults = List.copyOf(faults);
        this.works = Set.copyOf(works);
        this.disturbances = List.copyOf(disturbances);
    }

    /** Nothing yet; all that follows is from that seed. */
    public static Chaos seeded(long seed) {
        return new Chaos(seed, List.of(), Set.of(), List.of());
    }

    /** Items that crash in native code: {@link Kind#CRASH}. */
    public Chaos crashOn(String key, String... more) {
        return with(ChaosFault.of(Kind.CRASH, key, more));
    }

    /** Items that send their process a SIGKILL. */
    public Chaos killOn(String key, String... more) {
        return with(ChaosFault.of(Kind.KILL, key, more));
    }

    /** An item that calls {@code System.exit}. */
    public Chaos exitOn(String key, int code) {
        return with(ChaosFault.of(Kind.EXIT, key).withCode(code));
    }

    /** An item that calls {@code Runtime.halt}. */
    public Chaos haltOn(String key, int code) {
        return with(ChaosFault.of(Kind.HALT, key).withCode(code));
    }

    /** Items that use up the heap. */
    public Chaos oomOn(String key, String... more) {
        return with(ChaosFault.of(Kind.OUT_OF_MEMORY, key, more));
    }

    /** Items that use up the stack. */
    public Chaos overflowOn(String key, String... more) {
        return with(ChaosFault.of(Kind.OVERFLOW, key, more));
    }

    /** Items that loop for ever and ignore interrupts. */
    public Chaos hangOn(String key, String... more) {
        return with(ChaosFault.of(Kind.HANG, key, more));
    }

    /** Items that wait for ever in native code. */
    public Chaos hangInNativeCodeOn(String key, String... more) {
        return with(ChaosFault.of(Kind.HANG_IN_NATIVE_CODE, key, more));
    }

    /** One more fault, such as {@code ChaosFault.ofShare(HANG, 0.001).atMost(1)}. */
    public Chaos with(ChaosFault fault) {
        List<ChaosFault> all = new ArrayList<>(faults);
        all.add(fault);
        return new Chaos(seed, all, works, disturbances);
    }

    /** What items do happens in these works only. Default: in all but those that recover. */
    public Chaos inWorks(String work, String... more) {
        Set<String> names = new LinkedHashSet<>(List.of(more));
        names.add(work);
        return new Chaos(seed, faults, names, disturbances);
    }

    /** A SIGKILL to some worker, after exponentially distributed times of that mean. */
    public Chaos killEvery(Duration mean) {
        return disturbing(new Disturbance(Disturbance.Kind.KILL, mean, Duration.ZERO));
    }

    /** A SIGSTOP to some worker, after times of that mean, and so long after a SIGCONT. */
    public Chaos freezeEvery(Duration mean, Duration howLong) {
        return disturbing(new Disturbance(Disturbance.Kind.FREEZE, mean, howLong));
    }

    /**
     * Sockets that bring their bytes late: workers are stopped for so short a time, after times of that mean, wherever they are in their frames. This is a
     * {@link #freezeEvery}: from outside nothing else can be done to a connection of others.
     */
    public Chaos slowSocket(Duration mean, Duration pause) {
        return freezeEvery(mean, pause);
    }

    /**
     * A stranger on some workers' socket, after times of that mean, who sends random bytes, half a frame, a huge length, or nothing. Unix-domain sockets
     * only; at most 16 strangers stay.
     */
    public Chaos garbageOnSocket(Duration mean) {
        return disturbing(new Disturbance(Disturbance.Kind.GARBAGE, mean, Duration.ZERO));
    }

    /**
     * The same topology with what items do in it. It has an origin if the given one has: its factory is called again, here and in each worker.
     *
     * @throws IllegalArgumentException if the topology has no work of a name given to {@link #inWorks}
     */
    public <O> Topology<O> in(Topology<O> topology) {
        if (faults.isEmpty()) {
            return topology;
        }
        ChaosData data = new ChaosData(seed, ProcessHandle.current().pid(), faults, works);
        return topology.origin()
                .map(origin -> RewrittenTopology.<O>of(origin, List.of(), List.of(data)))
                .orElseGet(() -> data.in(topology));
    }

    /** Begins with what is done from outside, on a thread of its own. Workers that take longer to start than they live never get to an item. */
    public Session start() {
        return new Session(new ChaosThread(seed, disturbances, Optional.empty()));
    }

    /**
     * As {@link #start()}, but kills and freezes nobody until the run has given an outcome since the last time, so that it gets on, however slowly workers start. What is left out
     * is counted as {@code spared}.
     */
    public Session start(TopologyRun<?> run) {
        return new Session(new ChaosThread(seed, disturbances, Optional.of(run.progress())));
    }

    /** The seed and all that was asked for. */
    @Override
    public String toString() {
        return "Chaos[seed=" + seed + ", " + faults + ", " + disturbances + "]";
    }

    private Chaos disturbing(Disturbance disturbance) {
        List<Disturbance> all = new ArrayList<>(disturbances);
        all.add(disturbance);
        return new Chaos(seed, faults, works, all);
    }

    /** Chaos from outside that is under way. Thread-safe. */
    public static final class Session implements AutoCloseable {

        private final ChaosThread thread;

        private Session(ChaosThread thread) {
            this.thread = thread;
        }

        /** What was done so far; after {@link #close} all of it. */
        public ChaosReport report() {
            return thread.report();
        }

        /** Ends it: frozen workers go on, connections are closed, and when it returns the thread has ended. Does nothing the second time. */
        @Override
        public void close() {
            thread.close();
        }

        /** The report. */
        @Override
        public String toString() {
            return report().toString();
        }
    }
}
