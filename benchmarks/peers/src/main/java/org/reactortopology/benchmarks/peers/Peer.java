package org.reactortopology.benchmarks.peers;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** Who takes part, by the name in the results. Of several forms of one engine the better one counts. */
enum Peer {
    OURS("ours, outcomes", Engine.OURS, () -> new Ours(false)),
    OURS_AGGREGATE("ours, aggregate", Engine.OURS, () -> new Ours(true)),
    REACTOR("Reactor", Engine.REACTOR, PlainReactor::new),
    STREAM("parallel Stream", Engine.STREAM, ParallelStreams::new),
    VIRTUAL_QUEUES("virtual threads, queue", Engine.VIRTUAL, VirtualThreadQueues::new),
    VIRTUAL_PER_ITEM("virtual threads, per item", Engine.VIRTUAL, VirtualThreadPerItem::new),
    PEKKO_FUTURES("Pekko, mapAsyncUnordered", Engine.PEKKO, () -> new PekkoStreams(PekkoStreams.Form.FUTURES)),
    PEKKO_ISLANDS("Pekko, islands", Engine.PEKKO, () -> new PekkoStreams(PekkoStreams.Form.ISLANDS)),
    PEKKO_FUSED(
            "Pekko, fused",
            Engine.PEKKO,
            () -> new PekkoStreams(PekkoStreams.Form.FUSED),
            PeerLoad.NO_OP,
            PeerLoad.JOIN),
    JET("Jet, engine threads", Engine.JET, () -> new HazelcastJet(HazelcastJet.Form.ENGINE)),
    JET_OTHER(
            "Jet, service or state",
            Engine.JET,
            () -> new HazelcastJet(HazelcastJet.Form.SERVICE),
            PeerLoad.SMALL,
            PeerLoad.SKEWED,
            PeerLoad.JOIN),
    FLINK("Flink", Engine.FLINK, () -> new FlinkMiniCluster(FlinkMiniCluster.Form.SHUFFLED)),
    FLINK_PARTITIONED(
            "Flink, one shuffle",
            Engine.FLINK,
            () -> new FlinkMiniCluster(FlinkMiniCluster.Form.PARTITIONED_ONCE),
            PeerLoad.JOIN);

    private final String id;
    private final Engine engine;
    private final Supplier<Subject> create;
    private final Set<PeerLoad> loads;

    /** What runs it. */
    enum Engine {
        OURS,
        REACTOR,
        STREAM,
        VIRTUAL,
        PEKKO,
        JET,
        FLINK
    }

    Peer(String id, Engine engine, Supplier<Subject> create, PeerLoad... only) {
        this.id = id;
        this.engine = engine;
        this.create = create;
        this.loads = only.length == 0 ? EnumSet.allOf(PeerLoad.class) : Set.of(only);
    }

    static Peer of(String id) {
        for (Peer peer : values()) {
            if (peer.id.equals(id)) {
                return peer;
            }
        }
        throw new IllegalArgumentException("unknown subject \"" + id + "\"");
    }

    String id() {
        return id;
    }

    Engine engine() {
        return engine;
    }

    Subject create() {
        return create.get();
    }

    /** Whether it does this load in a form that no other of its engine has already, on a JDK of that version. */
    boolean runs(PeerLoad load, int jdk) {
        return loads.contains(load) && (engine != Engine.VIRTUAL || jdk >= 21);
    }
}
