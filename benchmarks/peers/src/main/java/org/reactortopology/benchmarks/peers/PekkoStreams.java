package org.reactortopology.benchmarks.peers;

import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FanInShape2;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.UniformFanInShape;
import org.apache.pekko.stream.UniformFanOutShape;
import org.apache.pekko.stream.javadsl.Balance;
import org.apache.pekko.stream.javadsl.Broadcast;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.GraphDSL;
import org.apache.pekko.stream.javadsl.Merge;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.ZipWith;
import org.jspecify.annotations.Nullable;

/**
 * Pekko Streams with two threads, in the three forms of <a
 * href="https://pekko.apache.org/docs/pekko/current/stream/stream-parallelism.html">Pipelining and Parallelism</a> and <a
 * href="https://pekko.apache.org/docs/pekko/current/stream/operators/Source-or-Flow/mapAsyncUnordered.html">mapAsyncUnordered</a>.
 */
final class PekkoStreams implements Subject {

    private static final int BUFFER = 256;
    private static final String CONFIGURATION = """
            pekko.loglevel = "WARNING"
            pekko.actor.default-dispatcher {
              executor = "fork-join-executor"
              fork-join-executor { parallelism-min = 2, parallelism-max = 2 }
            }
            """;

    private final Form form;
    private @Nullable ActorSystem system;

    /** How the works are spread. */
    enum Form {
        /** A future for each item, two at once or more. */
        FUTURES,
        /** Two islands that each run all works, behind a balance; a fan-out has an island for each work. */
        ISLANDS,
        /** All operators in one island, so in one thread. */
        FUSED
    }

    PekkoStreams(Form form) {
        this.form = form;
    }

    @Override
    public void start() {
        system = ActorSystem.create(
                "peers", ConfigFactory.parseString(CONFIGURATION).withFallback(ConfigFactory.load()));
    }

    @Override
    public Total run(PeerLoad load, int items) throws Exception {
        ActorSystem running = running();
        Source<Long, NotUsed> numbers = Source.fromIterator(() -> new Numbers(0, items));
        Source<Long, NotUsed> results = load == PeerLoad.JOIN
                ? numbers.via(joined(running.dispatcher()::execute))
                : numbers.via(spread(load, running.dispatcher()::execute));
        return results.runFold(new Total(), Total::add, running)
                .toCompletableFuture()
                .get(10, TimeUnit.MINUTES);
    }

    private Flow<Long, Long, NotUsed> spread(PeerLoad load, Executor threads) {
        return switch (form) {
            case FUTURES ->
                Flow.of(Long.class)
                        .mapAsyncUnordered(
                                atOnce(load), item -> CompletableFuture.supplyAsync(() -> all(load, item), threads));
            case ISLANDS -> balanced(load);
            case FUSED -> works(load);
        };
    }

    /** Long items two at once; of short ones so many that a thread always finds one. */
    private static int atOnce(PeerLoad load) {
        return switch (load) {
            case NO_OP, JOIN -> BUFFER;
            case SMALL -> 32;
            case SKEWED -> PARALLELISM;
        };
    }

    private static Long all(PeerLoad load, Long item) {
        return load == PeerLoad.NO_OP ? Works.same(Works.same(Works.same(Works.same(item)))) : Works.heavy(load, item);
    }

    private static Flow<Long, Long, NotUsed> works(PeerLoad load) {
        Flow<Long, Long, NotUsed> flow = Flow.of(Long.class);
        if (load == PeerLoad.NO_OP) {
            return flow.map(Works::same).map(Works::same).map(Works::same).map(Works::same);
        }
        return flow.map(item -> Works.heavy(load, item));
    }

    private static Flow<Long, Long, NotUsed> balanced(PeerLoad load) {
        int buffer = load == PeerLoad.NO_OP ? BUFFER : load == PeerLoad.SMALL ? 16 : 1;
        return Flow.fromGraph(GraphDSL.create(builder -> {
            UniformFanOutShape<Long, Long> balance = builder.add(Balance.<Long>create(PARALLELISM));
            UniformFanInShape<Long, Long> merge = builder.add(Merge.<Long>create(PARALLELISM));
            for (int i = 0; i < PARALLELISM; i++) {
                FlowShape<Long, Long> island =
                        builder.add(works(load).async().addAttributes(Attributes.inputBuffer(buffer, buffer)));
                builder.from(balance.out(i)).via(island).toInlet(merge.in(i));
            }
            return FlowShape.of(balance.in(), merge.out());
        }));
    }

    /** Both ways keep the order of the items, so that the two results of a key come to the join together, which is how a stream joins what it has split. */
    private Flow<Long, Long, NotUsed> joined(Executor threads) {
        return Flow.fromGraph(GraphDSL.create(builder -> {
            UniformFanOutShape<Long, Long> split = builder.add(Broadcast.<Long>create(2));
            FanInShape2<Long, Long, Long> join = builder.add(ZipWith.<Long, Long, Long>create(Long::sum));
            FlowShape<Long, Long> left = builder.add(way(Works::left, threads));
            FlowShape<Long, Long> right = builder.add(way(Works::right, threads));
            builder.from(split.out(0)).via(left).toInlet(join.in0());
            builder.from(split.out(1)).via(right).toInlet(join.in1());
            return FlowShape.of(split.in(), join.out());
        }));
    }

    private Flow<Long, Long, NotUsed> way(org.apache.pekko.japi.function.Function<Long, Long> work, Executor threads) {
        Flow<Long, Long, NotUsed> flow = Flow.of(Long.class);
        return switch (form) {
            case FUTURES -> flow.mapAsync(BUFFER, item -> future(work, item, threads));
            case ISLANDS -> flow.map(work).async().addAttributes(Attributes.inputBuffer(BUFFER, BUFFER));
            case FUSED -> flow.map(work);
        };
    }

    private static CompletionStage<Long> future(
            org.apache.pekko.japi.function.Function<Long, Long> work, Long item, Executor threads) {
        CompletableFuture<Long> result = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                result.complete(work.apply(item));
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private ActorSystem running() {
        if (system == null) {
            throw new IllegalStateException("not started");
        }
        return system;
    }

    @Override
    public void close() throws Exception {
        ActorSystem running = running();
        running.terminate();
        running.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
}
