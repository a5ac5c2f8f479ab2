package org.reactortopology.multiprocess.internal.worker;

import java.lang.reflect.Constructor;
import java.util.List;
import org.reactortopology.InvalidTopologyException;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport.WorkReport;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.CodecFactory;
import org.reactortopology.multiprocess.PayloadException;
import org.reactortopology.multiprocess.internal.payload.FailureCodec;
import org.reactortopology.multiprocess.internal.payload.StartMessage;
import org.reactortopology.multiprocess.internal.transport.Connection;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.Items;
import org.reactortopology.multiprocess.internal.wire.OutcomeKind;
import org.reactortopology.multiprocess.internal.wire.Outcomes;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.Stats;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.SliceEngine;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/** One run's slice in a worker: items come in, go through the works on the lanes, and leave as outcomes. */
final class SliceRun {

    private final int run;
    private final StartMessage start;
    private final TopologyPlan plan;
    private final Codec codec;
    private final WorkStats stats;
    private final SliceEngine engine;
    private final OutcomeSender sender;

    /** Bounded by the credit that was given for items; filled on the connection's thread. */
    private final Sinks.Many<Items.Entry> arrived = Sinks.many()
            .unicast()
            .onBackpressureBuffer(Queues.<Items.Entry>unbounded().get());

    /**
     * Builds the topology, which is the user's code and may take its time.
     *
     * @throws InvalidTopologyException if it cannot be built here or is not the coordinator's
     */
    SliceRun(int run, Connection connection, StartMessage start) throws ReflectiveOperationException {
        this.run = run;
        this.start = start;
        Topology<?> topology = build(start);
        checkFingerprint(topology);
        this.plan = topology.plan();
        this.codec = instance(start.codec(), CodecFactory.class).create(plan.types());
        this.stats = new WorkStats(plan);
        this.engine = SliceEngine.parallel(plan, stats, start.threads());
        this.sender = new OutcomeSender(run, connection, firstCredit(), this::statsSoFar);
    }

    int run() {
        return run;
    }

    /** Starts the lanes and lets items come. */
    void begin() {
        engine.run(arrived.asFlux(), this::decoded, this::encoded).subscribe(sender);
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
     * @throws ProtocolException if it goes beyond the credit that was given
     */
    void items(Items items) {
        for (Items.Entry entry : items.entries()) {
            sender.received(entry.index(), entry.payload().length);
            arrived.tryEmitNext(entry);
        }
    }

    void credit(Credit credit) {
        sender.credit(credit);
    }

    void endOfItems() {
        arrived.tryEmitComplete();
    }

    /** Drops everything; completes when the lanes have ended. */
    Mono<Void> cancel() {
        sender.cancel();
        return engine.release();
    }

    private Item decoded(Items.Entry entry) {
        try {
            return Item.of(entry.key(), entry.index(), codec.decode(entry.payload()));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            return new Item(
                    entry.key(),
                    entry.index(),
                    null,
                    new Outcome.Failed<>(
                            entry.key(), entry.index(), plan.source().name(), e));
        }
    }

    private Outcomes.Entry encoded(Item item) {
        if (item.outcome() instanceof Outcome.Done<Object> done) {
            try {
                return new Outcomes.Entry(item.index(), OutcomeKind.DONE, encodedValue(done));
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                return failed(item, lastName(), e);
            }
        } else if (item.outcome() instanceof Outcome.Failed<Object> failed) {
            return failed(item, failed.work(), failed.cause());
        }
        return failed(item, lastName(), new IllegalStateException("a worker cannot end an item as " + item.outcome()));
    }

    private byte[] encodedValue(Outcome.Done<Object> done) {
        byte[] body = codec.encode(done.value());
        if (body.length > start.maxItemBytes()) {
            throw new PayloadException(
                    "the value of item '" + done.key() + "' is " + body.length + " bytes long when encoded: "
                            + "at most " + start.maxItemBytes()
                            + " may cross from a worker; raise maxItemBytes, or write the value to a "
                            + "file in the last work and return its path");
        }
        return body;
    }

    private static Outcomes.Entry failed(Item item, String work, Throwable cause) {
        return new Outcomes.Entry(item.index(), OutcomeKind.FAILED, FailureCodec.encode(work, cause));
    }

    private String lastName() {
        List<Step.WorkStep> works = plan.works();
        return works.isEmpty()
                ? plan.source().name()
                : works.get(works.size() - 1).name();
    }

    private List<Stats.Entry> statsSoFar() {
        return stats.reports().stream().map(SliceRun::entry).toList();
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
