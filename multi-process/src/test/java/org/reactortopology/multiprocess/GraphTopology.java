package org.reactortopology.multiprocess;

import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.reactortopology.Aggregate;
import org.reactortopology.Once;
import org.reactortopology.Partitioning;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyBuilder;
import org.reactortopology.TopologyFactory;
import reactor.core.publisher.Flux;

/** Numbers through graphs of many shapes, in which every seventh number fails and every fifth is filtered out. */
final class GraphTopology implements TopologyFactory<GraphTopology.Params, Object> {

    enum Shape {
        /** Items end in the slice as several. */
        CHILDREN,
        /** The same, of children. */
        GRANDCHILDREN,
        /** Several items with one index enter the slice. */
        CHILDREN_ENTER,
        /** The slice takes what a sink outside takes too, and makes several items of it. */
        SINK_OUTSIDE,
        /** A sink inside. */
        SINK_INSIDE,
        /** What leaves the slice goes two ways and is joined. */
        JOIN_BEHIND,
        /** Items that failed before the slice pass it. */
        FAILED_BEFORE,
        /** Items that failed before the slice are recovered in it. */
        RECOVERED_INSIDE,
        /** Behind the slice stands what needs the order of the source. */
        PAIRS_BEHIND,
        /** Before the slice stands what needs the order of the source. */
        PAIRS_BEFORE,
        /** Emits in the order of the source. */
        ORDERED_BEHIND,
        /** Routes and a loop inside. */
        BRANCH_AND_LOOP,
        /** Every kind of outcome. */
        EVERY_KIND,
        /** A publisher as the source, which needs no head. */
        PUBLISHER
    }

    record Params(Shape shape, long items, Partitioning partitioning) {}

    record Sum(double sum, long count) {}

    enum Parity {
        EVEN,
        ODD
    }

    @Override
    public Topology<Object> create(Params params) {
        TopologyBuilder builder = Topology.named("graph").types(Sum.class);
        Stage<Long> numbers = params.shape() == Shape.PUBLISHER
                ? builder.source(
                        "numbers",
                        Flux.fromStream(
                                () -> LongStream.range(0, params.items()).boxed()),
                        Object::toString)
                : builder.source("numbers", Series.range(0, params.items(), 1));
        Partitioning how = params.partitioning();
        return switch (params.shape()) {
            case CHILDREN -> objects(children(numbers.partition(how).map("work", cpu(GraphTopology::work)), "split"));
            case GRANDCHILDREN -> objects(children(children(numbers.partition(how), "split"), "split again"));
            case CHILDREN_ENTER ->
                objects(children(numbers, "split")
                        .partition(how)
                        .map("work", cpu(GraphTopology::work))
                        .gather()
                        .map("tail", cpu((Long n) -> n + 1)));
            case SINK_OUTSIDE ->
                objects(children(
                        numbers.map("head", cpu(GraphTopology::work))
                                .sink("store", io((Long n) -> n))
                                .partition(how),
                        "split"));
            case SINK_INSIDE ->
                objects(numbers.partition(how)
                        .map("work", cpu(GraphTopology::work))
                        .sink("store", io((Long n) -> n))
                        .filter("few", cpu((Long n) -> n % 5 != 0))
                        .map("tail", cpu((Long n) -> n + 1)));
            case JOIN_BEHIND -> {
                Stage<Long> gathered = numbers.partition(how)
                        .map("work", cpu(GraphTopology::work))
                        .gather();
                Stage<Long> left = gathered.map("left", cpu((Long n) -> n + 1));
                yield objects(left.joinByKey("join", gathered.map("right", io((Long n) -> 2 * n)), Long::sum));
            }
            case FAILED_BEFORE ->
                objects(numbers.map("head", cpu(GraphTopology::work))
                        .partition(how)
                        .map("work", cpu((Long n) -> -n)));
            case RECOVERED_INSIDE ->
                objects(numbers.map("head", cpu(GraphTopology::work))
                        .partition(how)
                        .recover("rescue", cpu(failed -> -failed.index()))
                        .map("work", cpu((Long n) -> n + 1)));
            case PAIRS_BEHIND ->
                objects(numbers.partition(how)
                        .map("work", cpu(GraphTopology::work))
                        .gather()
                        .successive("pairs")
                        .map("tail", cpu(pair -> pair.first() + pair.second())));
            case PAIRS_BEFORE ->
                objects(numbers.successive("pairs")
                        .map("add", cpu(pair -> pair.first() + pair.second()))
                        .partition(how)
                        .map("work", cpu(GraphTopology::work)));
            case ORDERED_BEHIND ->
                objects(numbers.map("work", cpu(GraphTopology::work)).ordered(8).map("tail", cpu((Long n) -> n + 1)));
            case BRANCH_AND_LOOP -> {
                var branch = numbers.partition(how)
                        .branch("parity", Parity.class, cpu((Long n) -> n % 2 == 0 ? Parity.EVEN : Parity.ODD));
                yield objects(branch.on(Parity.EVEN)
                        .map("even", cpu(GraphTopology::work))
                        .merge("both", branch.on(Parity.ODD).map("odd", io((Long n) -> -n)))
                        .loop(
                                "grow",
                                5,
                                body -> body.map("double", cpu((Long n) -> 2 * n)),
                                cpu((Long n) -> Math.abs(n) > 20)));
            }
            case EVERY_KIND -> {
                Stage<Long> kept = numbers.partition(how).filter("few", cpu((Long n) -> n % 5 != 0));
                yield objects(children(
                        kept.map("work", cpu(GraphTopology::workOrHang).timeout(Duration.ofMillis(50))), "split"));
            }
            case PUBLISHER -> objects(numbers.partition(how).map("work", cpu(GraphTopology::work)));
        };
    }

    /** Topologies of other types are built from stages of other types. */
    private static Topology<Object> objects(Stage<? extends Object> stage) {
        return stage.map("end", cpu((Object value) -> value)).build();
    }

    private static Stage<Long> children(Stage<Long> stage, String name) {
        return stage.flatMap(name, cpu(GraphTopology::split)).map(name + " work", cpu(GraphTopology::child));
    }

    private static List<Long> split(Long n) {
        return LongStream.range(0, Math.abs(n) % 4).map(i -> 10 * n + i).boxed().toList();
    }

    private static Long child(Long n) {
        if (n % 11 == 3) {
            throw new IllegalStateException("child " + n + " fails");
        }
        return n;
    }

    private static Long work(Long n) {
        if (n % 7 == 3) {
            throw new IllegalArgumentException(n + " fails");
        }
        return n;
    }

    private static Long workOrHang(Long n) throws InterruptedException {
        if (n % 13 == 6) {
            new CountDownLatch(1).await();
        }
        return work(n);
    }

    /** The mean, and values that are computed once. A value says: number, who computed the shared value, worker, who computed its own, tail. */
    static final class Mean implements TopologyFactory<Long, String> {

        /** How often a value was computed in this JVM. */
        static final Map<String, AtomicInteger> COMPUTED = new ConcurrentHashMap<>();

        static final Aggregate<Long, Sum, Sum> MEAN = Aggregate.of(
                "mean",
                () -> new Sum(0, 0),
                (sum, n) -> new Sum(sum.sum() + n, sum.count() + 1),
                (a, b) -> new Sum(a.sum() + b.sum(), a.count() + b.count()),
                sum -> sum);

        static final Aggregate<Object, Sum, Sum> TAIL = Aggregate.of(
                "tail count",
                () -> new Sum(0, 0),
                (sum, seen) -> new Sum(0, sum.count() + 1),
                (a, b) -> new Sum(0, a.count() + b.count()),
                sum -> sum);

        @Override
        public Topology<String> create(Long items) {
            TopologyBuilder builder = Topology.named("mean").types(Sum.class);
            Once<Long> shared = builder.once("shared", () -> computed("shared"));
            Once<Long> own = builder.oncePerWorker("own", () -> computed("own"));
            return builder.source("numbers", Series.range(0, items, 1))
                    .map("head", shared.cpu((Long pid, Long n) -> n))
                    .partition(Partitioning.roundRobin())
                    .aggregate(MEAN)
                    .map("work", shared.cpu((Long pid, Long n) -> n + ":" + pid + ":" + pid()))
                    .map("with own", own.io((Long pid, String seen) -> seen + ":" + pid))
                    .gather()
                    .map("tail", cpu((String seen) -> seen + ":" + pid()))
                    .aggregate(TAIL)
                    .build();
        }

        private static Long computed(String name) {
            COMPUTED.computeIfAbsent(name, each -> new AtomicInteger()).incrementAndGet();
            return ProcessHandle.current().pid();
        }
    }

    /** A flux from outside. */
    static final class Input implements TopologyFactory<String, Long> {
        @Override
        public Topology<Long> create(String params) {
            return Topology.named("input")
                    .input("numbers", Long.class, Object::toString)
                    .map("work", cpu((Long n) -> n + 1))
                    .build();
        }
    }

    enum Broken {
        UNNAMED_ACCUMULATOR,
        ONCE_THROWS,
        ONCE_UNNAMED,
        OWN_THROWS
    }

    /** One thing that workers need or give back is wrong. */
    static final class BrokenTopology implements TopologyFactory<Broken, Object> {
        @Override
        public Topology<Object> create(Broken how) {
            TopologyBuilder builder = Topology.named("broken");
            Stage<Long> numbers = builder.source("numbers", Series.range(0, 10, 1));
            Once<Object> value = how == Broken.OWN_THROWS
                    ? builder.oncePerWorker("value", BrokenTopology::thrown)
                    : builder.once("value", () -> how == Broken.ONCE_UNNAMED ? new Sum(0, 0) : thrown());
            return how == Broken.UNNAMED_ACCUMULATOR
                    ? objects(numbers.aggregate(
                            Aggregate.of("sum", () -> new Sum(0, 0), (sum, n) -> sum, (a, b) -> a, sum -> sum)))
                    : objects(numbers.map("work", value.cpu((Object constant, Long n) -> n)));
        }

        private static Object thrown() {
            throw new IllegalStateException("no such file");
        }
    }

    private static String pid() {
        return Long.toString(ProcessHandle.current().pid());
    }
}
