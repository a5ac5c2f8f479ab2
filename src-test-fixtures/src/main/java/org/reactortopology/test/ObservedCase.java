package org.reactortopology.test;

import static org.reactortopology.Capacity.bounded;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.util.List;
import org.reactortopology.Aggregate;
import org.reactortopology.Branch;
import org.reactortopology.Partitioning;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyBuilder;
import org.reactortopology.TopologyFactory;
import reactor.core.publisher.Flux;

/** Small graphs of numbers, one for each way on which an item may go that is not to be run. Public because child JVMs build them too. */
public final class ObservedCase implements TopologyFactory<ObservedCase.Params, Long> {

    /** Sum of the values that it sees. */
    public static final Aggregate<Long, Long, Long> SUM =
            Aggregate.of("sum", () -> 0L, Long::sum, Long::sum, sum -> sum);

    /** Which graph. */
    public enum Shape {
        /** Two works in a row. */
        LINEAR,
        /** The same behind a publisher. */
        PUBLISHER,
        /** The same, each worker a range. */
        CONTIGUOUS,
        /** Two works of one stage, joined. */
        JOIN,
        /** Odd and even numbers part and meet again. */
        BRANCH,
        /** Every second is filtered out. */
        FILTER,
        /** Halved until below 2. */
        LOOP,
        /** In the order of the source. */
        ORDERED,
        /** A work for workers, and one behind. */
        GATHER,
        /** Multiples of 4 fail and are recovered. */
        RECOVER,
        /** A sink beside the output. */
        SINK,
        /** A queue between. */
        QUEUE
    }

    /** Which graph, over how many numbers from 0. */
    public record Params(Shape shape, long items) {}

    enum Parity {
        EVEN,
        ODD
    }

    @Override
    public Topology<Long> create(Params params) {
        TopologyBuilder builder = Topology.named("observed");
        Stage<Long> source = params.shape() == Shape.PUBLISHER
                ? builder.source(
                        "numbers", Flux.range(0, (int) params.items()).map(n -> (long) n), n -> Long.toString(n))
                : builder.source("numbers", Series.range(0, params.items(), 1));
        return shaped(source, params.shape()).build();
    }

    private static Stage<Long> shaped(Stage<Long> in, Shape shape) {
        return switch (shape) {
            case LINEAR, PUBLISHER -> linear(in);
            case CONTIGUOUS -> linear(in.partition(Partitioning.CONTIGUOUS));
            case JOIN -> in.map("one", cpu(n -> n + 1)).joinByKey("both", in.map("two", io(n -> 2 * n)), Long::sum);
            case BRANCH -> branch(in);
            case FILTER -> in.map("one", cpu(n -> n + 1)).filter("half", cpu(n -> n % 2 == 0));
            case LOOP -> in.loop("again", 10, body -> body.map("one", cpu(n -> n / 2)), cpu(n -> n < 2));
            case ORDERED -> in.map("one", cpu(n -> n + 1)).ordered(4).map("two", cpu(n -> 2 * n));
            case GATHER -> in.map("one", cpu(n -> n + 1)).gather().map("two", cpu(n -> 2 * n));
            case RECOVER -> in.map("one", cpu(ObservedCase::failing)).recover("two", cpu(failure -> -1L));
            case SINK -> in.sink("one", cpu(n -> n)).map("two", cpu(n -> 2 * n));
            case QUEUE -> in.map("one", cpu(n -> n + 1)).queue(bounded(3)).map("two", io(n -> 2 * n));
        };
    }

    private static Stage<Long> linear(Stage<Long> in) {
        return in.map("one", cpu(n -> n + 1)).map("two", cpu(n -> 2 * n));
    }

    private static Stage<Long> branch(Stage<Long> in) {
        Branch<Long, Parity> parity =
                in.branch("parity", Parity.class, cpu(n -> n % 2 == 0 ? Parity.EVEN : Parity.ODD));
        return parity.on(Parity.EVEN)
                .map("one", cpu(n -> n + 1))
                .merge("all", parity.on(Parity.ODD).map("ten", cpu(n -> 10 * n)));
    }

    private static Long failing(long n) {
        if (n % 4 == 0) {
            throw new IllegalArgumentException(ContractTopology.FAILURE);
        }
        return n;
    }

    /** Values that are kept behind the work {@code one}, summed up and made into sums of neighbours. */
    public static final class Keeping implements TopologyFactory<Params, Long> {

        @Override
        public Topology<Long> create(Params params) {
            return Topology.named("keeping")
                    .source("numbers", Series.range(0, params.items(), 1))
                    .map("one", cpu((Long n) -> n + 1))
                    .keepValues()
                    .aggregate(SUM)
                    .window("neighbours", 2, 1)
                    .map("two", cpu((List<Long> pair) -> pair.get(0) + pair.get(1)))
                    .build();
        }
    }

    /** A work that takes its time, so that its items come one by one and its lane always has another. */
    public static final class Slow implements TopologyFactory<Params, Long> {

        @Override
        public Topology<Long> create(Params params) {
            return Topology.named("slow")
                    .source("numbers", Series.range(0, params.items(), 1))
                    .map("one", cpu((Long n) -> {
                        long until = System.nanoTime() + 400_000_000; // 256 of them take longer than anybody waits
                        while (System.nanoTime() < until) {
                            Thread.onSpinWait();
                        }
                        return n;
                    }))
                    .build();
        }
    }
}
