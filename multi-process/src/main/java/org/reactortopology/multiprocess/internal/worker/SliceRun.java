package org.reactortopology.multiprocess.internal.worker;

import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.InvalidTopologyException;
import org.reactortopology.QueueDepth;
import org.reactortopology.RunReport.WorkReport;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.CodecFactory;
import org.reactortopology.multiprocess.internal.blackbox.BlackBox;
import org.reactortopology.multiprocess.internal.claim.Claims;
import org.reactortopology.multiprocess.internal.payload.StartMessage;
import org.reactortopology.multiprocess.internal.slice.WorkerSlice;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.wire.Alive;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.Partial;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Stats;
import org.reactortopology.spi.Constants;
import org.reactortopology.spi.SliceEngine;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

/** One run's slice in a worker: items come in, go through the works on the lanes, and leave as outcomes. */
final class SliceRun {

    private static final long SIGN_EVERY_SECONDS = 1;

    private final int run;
    private final Connection connection;
    private final Disposable.Swap signs = Disposables.swap();
    private final StartMessage start;
    private final @Nullable Claims claims;
    private final TopologyPlan plan;
    private final WorkerSlice slice;
    private final SliceItems items;
    private final WorkStats stats;
    private final SliceEngine engine;
    private final OutcomeSender sender;

    /** Places of the slice's works in the plan. */
    private final List<Integer> works;

    /** Bounded by the credit that was given for items; filled on the connection's thread. */
    private final Sinks.Many<Items.Entry> arrived = Sinks.many()
            .unicast()
            .onBackpressureBuffer(Queues.<Items.Entry>unbounded().get());

    /**
     * Builds the topology and computes what each worker computes for itself, which is the user's code and may take its time.
     *
     * @param claims memory that is shared with the coordinator, or null
     * @param broken told how the session is to end when this JVM, or what came in, can no longer be relied on
     * @throws InvalidTopologyException if it cannot be built here or is not the coordinator's
     */
    SliceRun(
            int run,
            Connection connection,
            StartMessage start,
            BlackBox box,
            @Nullable Claims claims,
            Consumer<WorkerSession.End> broken)
            throws ReflectiveOperationException {
        this.run = run;
        this.connection = connection;
        box.clear();
        this.claims = claims;
        if (claims != null) {
            claims.writer().reset(); // the coordinator reads nothing of an earlier run
        }
        this.start = start;
        Topology<?> topology = build(start);
        checkFingerprint(topology);
        this.plan = topology.plan();
        this.slice = WorkerSlice.of(plan)
                .orElseThrow(() -> new InvalidTopologyException(
                        plan.name(), List.of("it has no slice here, though it has the coordinator's fingerprint")));
        Codec codec = instance(start.codec(), CodecFactory.class).create(plan.types());
        this.items = new SliceItems(slice, codec, claims, start.maxItemBytes(), box, start.traced());
        this.stats = new WorkStats(plan);
        this.works = slice.works();
        this.engine =
                SliceEngine.slice(plan, stats, start.threads(), constants(codec), new DeadlineTeller(run, connection));
        this.sender = new OutcomeSender(
                connection, firstCredit(), start.holdNanos(), new SlicedWorks(), broken, System::nanoTime);
    }

    int run() {
        return run;
    }

    /** Starts the lanes and lets items come; from now on the coordinator has a sign of life each second. */
    void begin() {
        signs.update(Schedulers.parallel()
                .schedulePeriodically(this::sign, SIGN_EVERY_SECONDS, SIGN_EVERY_SECONDS, TimeUnit.SECONDS));
        engine.run(arrived.asFlux(), items::decoded, items::encoded).subscribe(sender);
    }

    private void sign() {
        connection.send(new Alive(run));
        sender.tell();
    }

    /** The credit that items may use from the start. */
    Credit firstCredit() {
        return new Credit(run, start.itemCredit(), start.byteCredit());
    }

    String fingerprint() {
        return plan.fingerprint();
    }

    /**
     * Takes a batch.
     *
     * @throws ProtocolException if it goes beyond the credit that was given, or claims what may not be claimed
     */
    void items(Items batch) {
        for (Items.Entry entry : batch.entries()) {
            if (entry.large() instanceof Claim claim) {
                if (claims == null) {
                    throw new ProtocolException("a value was claimed to lie in shared memory, of which there is none");
                }
                claims.reader().check(claim, start.maxItemBytes());
            }
            sender.received(entry.sequence(), entry.bytes());
            arrived.tryEmitNext(entry);
        }
        sender.receivedAll();
    }

    void credit(Credit credit) {
        sender.credit(credit);
    }

    /** Sends what the aggregates have come to once all that has come is answered. */
    void checkpoint() {
        sender.checkpoint();
    }

    void endOfItems() {
        arrived.tryEmitComplete();
    }

    /** Drops everything; completes when the lanes have ended. */
    Mono<Void> cancel() {
        signs.dispose();
        sender.drop();
        return engine.release();
    }

    /** The values that works need: those that came, and those that each worker computes. */
    private Map<String, Object> constants(Codec codec) {
        Map<String, Object> given = new HashMap<>();
        start.given().forEach((name, bytes) -> given.put(name, codec.decode(bytes)));
        return Constants.compute(slice.inside(), given, false).values();
    }

    private final class SlicedWorks implements OutcomeSender.Works {
        @Override
        public Stats stats() {
            List<WorkReport> all = stats.reports();
            return new Stats(
                    run,
                    works.stream().map(place -> entry(all.get(place))).toList(),
                    engine.queues().stream().map(SliceRun::queue).toList());
        }

        @Override
        public List<Partial> partials() {
            return slice.aggregates().stream()
                    .map(name -> new Partial(
                            run, name, items.accumulator(name, engine.partials().takeCombined(name))))
                    .toList();
        }

        @Override
        public Mono<Void> ended() {
            return engine.release();
        }
    }

    private static Stats.Queue queue(QueueDepth queue) {
        return new Stats.Queue(
                queue.edge(), queue.depth(), queue.capacity(), queue.highest(), queue.weight(), queue.maxWeight());
    }

    private static Stats.Entry entry(WorkReport work) {
        return new Stats.Entry(work.calls(), work.failures(), work.time().toNanos());
    }

    private void checkFingerprint(Topology<?> topology) {
        if (!topology.fingerprint().equals(start.fingerprint())) {
            throw new InvalidTopologyException(
                    topology.name(),
                    List.of("factory " + start.factory()
                            + " built another graph here than in the coordinator: it must give equal graphs for equal parameters, and both "
                            + "sides must have the same class path. The graph here is\n" + topology.describe()));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the coordinator called this very factory with these very parameters
    private static Topology<?> build(StartMessage start) throws ReflectiveOperationException {
        Class<?> paramsType = Class.forName(start.paramsType());
        Class factory = Class.forName(start.factory());
        return Topology.from((Class<? extends TopologyFactory<Object, Object>>) factory, start.paramsAs(paramsType));
    }

    private static <T> T instance(String className, Class<T> type) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(className).getDeclaredConstructor();
        constructor.setAccessible(true);
        return type.cast(constructor.newInstance());
    }
}
