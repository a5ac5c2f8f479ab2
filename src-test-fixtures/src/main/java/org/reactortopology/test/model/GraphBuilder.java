package org.reactortopology.test.model;

import static org.reactortopology.Work.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.reactortopology.Branch;
import org.reactortopology.Once;
import org.reactortopology.Partitioning;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyBuilder;

/** Says the program in the words of the DSL. Used once. */
final class GraphBuilder {

    /** The routes of a branch with two. */
    enum Two {
        FIRST,
        SECOND
    }

    /** The routes of a branch with three. */
    enum Three {
        FIRST,
        SECOND,
        THIRD
    }

    private final GraphProgram program;
    private final TopologyBuilder builder;

    /** {@code Stage<Long>}, or at the number of a branch, that branch. */
    private final List<Object> made = new ArrayList<>();

    GraphBuilder(GraphProgram program) {
        this.program = program;
        this.builder = Topology.named("random");
        int buffer = Values.choice(program.seed().seed(), 5, 6);
        if (buffer > 0) {
            builder.buffer(buffer);
        }
    }

    Topology<Long> build() {
        for (int i = 0; i < program.ops().size(); i++) {
            Op op = program.ops().get(i);
            made.add(op.verb() == Verb.SOURCE ? source(op) : made(i, op, GraphTopology.name(i, op)));
        }
        return stage(program.output()).build();
    }

    private Stage<Long> source(Op op) {
        Series<Long> series = Series.range(0, program.seed().items(), 1);
        // as a number that is spread as all others are
        return builder.source("n0-series", series)
                .mapKeyed(
                        "n0-source",
                        GraphTopology.<org.reactortopology.Keyed<Long>>work(op, item -> Values.hash(item.key())));
    }

    @SuppressWarnings("unchecked") // all but branches are stages of numbers
    private Stage<Long> stage(int number) {
        return (Stage<Long>) made.get(number);
    }

    private Object made(int number, Op op, String name) {
        if (op.verb() == Verb.ROUTE) {
            return route(op);
        }
        Stage<Long> in = stage(op.first());
        return switch (op.verb()) {
            case MAP -> in.map(name, GraphTopology.work(op, value -> Values.next(op, value)));
            case KEYED ->
                in.mapKeyed(
                        name, GraphTopology.work(op, item -> Values.next(op, item.value() ^ Values.hash(item.key()))));
            case RETRIED -> in.mapKeyed(name, GraphTopology.retried(op));
            case ONCE -> once(in, op, name);
            case FILTER -> in.filter(name, cpu(value -> kept(op, value)));
            case FLAT_MAP -> in.flatMap(name, cpu(value -> children(op, value)));
            case FLAT_MAP_KEYS -> ownKeys(in, op, name);
            case WINDOW, PAIRS, SUCCESSIVE -> windows(in, op, name);
            case BRANCH -> branch(in, op, name);
            case MERGE -> merge(in, op, name);
            case JOIN -> join(in, op, name);
            case TRANSFORM -> in.transform(name, Operators.of(op, number));
            case LOOP -> loop(in, op, name);
            case RECOVER -> in.recover(name, GraphTopology.recovery(op));
            case FAILURES -> in.failures(name).map(name + "-key", cpu(outcome -> Values.hash(outcome.key())));
            case AGGREGATE -> in.aggregate(GraphTopology.aggregate(number, op));
            case SINK -> in.sink(name, GraphTopology.work(op, value -> Values.next(op, value)));
            default -> passing(in, op);
        };
    }

    private static Stage<Long> passing(Stage<Long> in, Op op) {
        return switch (op.verb()) {
            case QUEUE ->
                op.b() % 2 == 0
                        ? in.queue(GraphTopology.capacity(op))
                        : in.queue(GraphTopology.capacity(op), 1 + op.b() % 7, value -> Math.floorMod(value, 5L));
            case ORDERED -> in.ordered(1 + op.a() % 9);
            case PARTITION -> in.partition(op.a() % 2 == 0 ? Partitioning.ON_DEMAND : Partitioning.CONTIGUOUS);
            case GATHER -> in.gather();
            default -> throw new IllegalArgumentException("no such part: " + op);
        };
    }

    private static boolean kept(Op op, long value) throws Exception {
        Values.next(op, value);
        return Values.keeps(op, value);
    }

    private static Iterable<Long> children(Op op, long value) throws Exception {
        Values.next(op, value);
        return Values.lazyChildren(op, value);
    }

    private Stage<Long> once(Stage<Long> in, Op op, String name) {
        Once<Long> salt = op.a() % 2 == 0
                ? builder.once(name + "-value", op::salt)
                : builder.oncePerWorker(name + "-value", op::salt);
        return in.map(name, salt.cpu((known, value) -> {
            if (known != op.salt()) {
                throw new IllegalStateException("another value than was computed");
            }
            try {
                return Values.next(op, value);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw GraphBuilder.<RuntimeException>sneaky(e);
            }
        }));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // a checked exception where none can be declared
    private static <E extends Exception> E sneaky(Exception e) throws E {
        throw (E) e;
    }

    private static Stage<Long> ownKeys(Stage<Long> in, Op op, String name) {
        return in.mapKeyed(name + "-key", GraphTopology.work(op, item -> Values.next(op, Values.hash(item.key()))))
                .map(name + "-parent", cpu(parent -> parent))
                .flatMap(
                        name,
                        cpu(parent -> named(op, parent)),
                        (child, ordinal) -> GraphTopology.childKey(op, child.parent(), ordinal))
                .map(name + "-child", cpu(Child::value));
    }

    /** A child that knows its parent's value, for the key. */
    record Child(long parent, long value) {}

    private static Iterable<Child> named(Op op, long parent) {
        return () -> {
            var values = Values.lazyChildren(op, parent).iterator();
            return new java.util.Iterator<>() {
                @Override
                public boolean hasNext() {
                    return values.hasNext();
                }

                @Override
                public Child next() {
                    return new Child(parent, values.next());
                }
            };
        };
    }

    private static Stage<Long> windows(Stage<Long> in, Op op, String name) {
        if (op.verb() == Verb.WINDOW) {
            return in.window(name, GraphOracleWindows.size(op), GraphOracleWindows.step(op))
                    .map(name + "-fold", GraphTopology.fold(op));
        }
        var pairs = op.verb() == Verb.PAIRS ? in.pairs(name) : in.successive(name);
        return pairs.map(name + "-fold", cpu(pair -> Values.fold(op, List.of(pair.first(), pair.second()))));
    }

    private static Object branch(Stage<Long> in, Op op, String name) {
        if (op.a() % 2 == 0) {
            return in.branch(name, Two.class, cpu(value -> Two.values()[selected(op, value, 2)]));
        }
        return in.branch(name, Three.class, cpu(value -> Three.values()[selected(op, value, 3)]));
    }

    private static int selected(Op op, long value, int routes) throws Exception {
        Values.next(op, value);
        return Values.choice(op.salt(), value, routes);
    }

    @SuppressWarnings("unchecked") // made by branch, with that enum
    private Stage<Long> route(Op op) {
        Object branch = made.get(op.first());
        return op.b() == 2
                ? ((Branch<Long, Two>) branch).on(Two.values()[op.a()])
                : ((Branch<Long, Three>) branch).on(Three.values()[op.a()]);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private Stage<Long> merge(Stage<Long> in, Op op, String name) {
        Stage[] others = op.in().stream().skip(1).map(this::stage).toArray(Stage[]::new);
        return in.merge(name, (Stage<Long>[]) others);
    }

    private Stage<Long> join(Stage<Long> in, Op op, String name) {
        List<Stage<Long>> others = op.in().stream().skip(1).map(this::stage).toList();
        if (others.size() == 1) {
            return in.joinByKey(name, others.get(0), (one, other) -> Values.fold(op, List.of(one, other)));
        }
        return in.joinByKey(
                name,
                others,
                values -> Values.fold(
                        op, values.stream().map(value -> (Long) value).toList()));
    }

    private static Stage<Long> loop(Stage<Long> in, Op op, String name) {
        int inFlight = 1 + Values.choice(op.salt(), 9, 4);
        return in.loop(name, GraphTopology.rounds(op), inFlight, body -> body(body, op, name), GraphProgram.exit(op));
    }

    private static Stage<Long> body(Stage<Long> in, Op op, String name) {
        return switch (op.a() % GraphTopology.BODIES) {
            case 0 -> round(in, op, name + "-body");
            case 1 -> round(round0(in, name).queue(GraphTopology.capacity(op)), op, name + "-body");
            case 2 -> round(in.filter(name + "-drop", cpu(value -> Values.keeps(op, value))), op, name + "-body");
            default -> branchBody(in, op, name);
        };
    }

    private static Stage<Long> round0(Stage<Long> in, String name) {
        return in.map(name + "-before", org.reactortopology.Work.io(value -> value));
    }

    private static Stage<Long> round(Stage<Long> in, Op op, String name) {
        return in.map(
                name,
                GraphTopology.work(
                        new Op(op.verb(), op.in(), op.b(), op.a(), op.failEvery(), op.salt()),
                        value -> Values.next(op, value)));
    }

    private static Stage<Long> branchBody(Stage<Long> in, Op op, String name) {
        Branch<Long, Two> branch =
                in.branch(name + "-way", Two.class, cpu(value -> Two.values()[Values.choice(8, value, 2)]));
        Stage<Long> one = round(branch.on(Two.FIRST), op, name + "-one");
        return one.merge(name + "-again", round(branch.on(Two.SECOND), op, name + "-other"));
    }

    static int number(String name) {
        int end = Objects.requireNonNull(name).indexOf('-');
        return Integer.parseInt(name.substring(1, end));
    }
}
