package org.reactortopology.test;

import static org.reactortopology.Capacity.bounded;
import static org.reactortopology.Work.async;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.reactortopology.Aggregate;
import org.reactortopology.Branch;
import org.reactortopology.Once;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyBuilder;
import org.reactortopology.TopologyFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Small graphs of numbers, one for each thing that {@link GraphContract} shows. Public because child JVMs build them too. */
public final class GraphCase implements TopologyFactory<GraphCase.Params, Long> {

    /** Count and sum of the images that {@link Shape#MEAN} sees. */
    public static final Aggregate<Long, long[], Double> MEAN = Aggregate.of(
            "mean",
            () -> new long[2],
            (sum, value) -> new long[] {sum[0] + 1, sum[1] + value},
            (one, other) -> new long[] {one[0] + other[0], one[1] + other[1]},
            sum -> sum[0] == 0 ? 0.0 : (double) sum[1] / sum[0]);

    /** Which graph. */
    public enum Shape {
        /** Two works of one stage, joined. */
        JOIN,
        /** Three works of one stage, joined. */
        JOIN_THREE,
        /** As {@link #JOIN}; the second side lets even numbers pass. */
        JOIN_FILTERED,
        /** As {@link #JOIN}; both sides fail for multiples of 3. */
        JOIN_FAILED,
        /** Multiples of 3 fail, then odd and even numbers part; the first route recovers. */
        BRANCH,
        /** An iterable without end. */
        ENDLESS_CHILDREN,
        /** Two children of which the second has the key of the first. */
        SAME_CHILD_KEY,
        /** Each the sum of two neighbours; 2 fails. */
        SUCCESSIVE,
        /** A value that cannot be computed. */
        BROKEN_ONCE,
        /** A loop that 0 never leaves. */
        LOOP,
        /** A work that multiples of 3 never end by themselves. */
        TIMEOUT,
        /** A work that always fails, tried 3 times. */
        RETRY,
        /** A mean. */
        MEAN,
        /** Every third fails on one of two branches, which stops the run. */
        STOPPING,
        /** Works of all kinds with queues between, and a sink beside. */
        QUEUES
    }

    /** A condition with two routes. */
    enum Parity {
        EVEN,
        ODD
    }

    /**
     * What is run.
     *
     * @param probe name of the {@link SourceProbe} on the source
     * @param items how many numbers, from 0; negative for no end
     * @param capacity of the queues, where the graph has some
     */
    public record Params(Shape shape, String probe, long items, int capacity) {}

    @Override
    public Topology<Long> create(Params params) {
        TopologyBuilder builder = Topology.named("case").stopOnFailure(params.shape() == Shape.STOPPING);
        Flux<Long> endless = Flux.generate(() -> 0L, (next, sink) -> {
            sink.next(next);
            return next + 1;
        });
        Flux<Long> numbers = params.items() < 0 ? endless : endless.take(params.items());
        Stage<Long> source =
                builder.source("numbers", SourceProbe.named(params.probe()).watch(numbers), n -> Long.toString(n));
        return stage(builder, source, params).build();
    }

    private static Stage<Long> stage(TopologyBuilder builder, Stage<Long> in, Params params) {
        return switch (params.shape()) {
            case JOIN -> in.map("one", cpu(n -> n + 1)).joinByKey("sum", in.map("two", io(n -> 2 * n)), Long::sum);
            case JOIN_THREE -> three(in);
            case JOIN_FILTERED ->
                in.map("one", cpu(n -> n)).joinByKey("sum", in.filter("two", cpu(n -> n % 2 == 0)), Long::sum);
            case JOIN_FAILED, STOPPING ->
                in.map("one", cpu(GraphCase::failing))
                        .joinByKey("sum", in.map("two", io(GraphCase::failing)), Long::sum);
            case BRANCH -> branch(in);
            case ENDLESS_CHILDREN ->
                in.flatMap("children", cpu(n -> () -> Stream.generate(() -> n).iterator()));
            case SAME_CHILD_KEY -> in.flatMap("children", cpu(n -> List.of(n, n)), (child, place) -> "child-" + child);
            case SUCCESSIVE ->
                in.map("read", cpu(n -> failingAt(2, n)))
                        .successive("pair")
                        .map("add", cpu(pair -> pair.first() + pair.second()));
            case BROKEN_ONCE -> once(builder, in);
            case LOOP -> in.loop("again", 5, body -> body.map("half", cpu(n -> n / 2)), cpu(n -> n == 1));
            case TIMEOUT -> in.map("wait", io((Long n) -> waiting(n)).timeout(Duration.ofMillis(50)));
            case RETRY -> in.map("try", cpu((Long n) -> failingAt(n, n)).retry(Retry.max(2)));
            case MEAN -> in.aggregate(MEAN);
            case QUEUES -> queues(in, bounded(params.capacity()).items());
        };
    }

    private static Stage<Long> three(Stage<Long> in) {
        List<Stage<Long>> others =
                List.of(in.map("two", io(n -> 2 * n)), in.map("three", async(n -> Mono.just(3 * n))));
        return in.map("one", cpu(n -> n))
                .joinByKey(
                        "sum",
                        others,
                        values -> values.stream().mapToLong(n -> (Long) n).sum());
    }

    private static Stage<Long> branch(Stage<Long> in) {
        Branch<Long, Parity> parity = in.map("fail", cpu(GraphCase::failing))
                .branch("parity", Parity.class, cpu(n -> n % 2 == 0 ? Parity.EVEN : Parity.ODD));
        return parity.on(Parity.EVEN)
                .recover("again", cpu(failure -> -1L))
                .merge("all", parity.on(Parity.ODD).map("ten", cpu(n -> 10 * n)));
    }

    private static Stage<Long> once(TopologyBuilder builder, Stage<Long> in) {
        Once<Long> broken = builder.once("mask", () -> {
            throw new IllegalStateException("no mask");
        });
        return in.map("add", broken.cpu(Long::sum));
    }

    private static Stage<Long> queues(Stage<Long> in, int capacity) {
        Stage<Long> first = in.queue(bounded(capacity)).map("one", cpu(n -> n));
        first.queue(bounded(capacity)).sink("log", io(n -> n));
        Stage<Long> joined =
                first.queue(bounded(capacity)).map("two", io((Long n) -> n)).joinByKey("both", first, (a, b) -> a);
        return joined.queue(bounded(capacity), 3, n -> 1)
                .ordered(4)
                .flatMap("children", cpu(n -> List.of(n, -n)))
                .queue(bounded(capacity))
                .map("last", async(Mono::just));
    }

    private static Long failing(long n) {
        return n % 3 == 0 ? failingAt(n, n) : n;
    }

    private static Long failingAt(long at, long n) {
        if (n == at) {
            throw new IllegalArgumentException(ContractTopology.FAILURE);
        }
        return n;
    }

    private static Long waiting(long n) throws InterruptedException {
        if (n % 3 == 0) {
            new CountDownLatch(1).await(); // until it is interrupted
        }
        return n;
    }
}
