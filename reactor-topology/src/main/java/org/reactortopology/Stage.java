package org.reactortopology;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.reactortopology.internal.graph.Vertex;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.Step.Role;
import reactor.core.publisher.Flux;

/**
 * Typed handle of one work's output while a topology is described; each verb returns the next stage. Immutable.
 *
 * <p>A stage that is used twice fans out: each consumer sees every item, and the slowest sets the pace. An item that has parts on several branches
 * ends when all of them have; it is a failure if one of them is (the one whose work stands first in the description).
 *
 * <p>Unless a verb says otherwise, it behaves so:
 *
 * <ul>
 *   <li><b>Emits</b> the item with its new value as soon as the work returns, in no promised order.
 *   <li><b>Backpressures</b> when as many items as the work's concurrency run, or wait to be taken by what follows.
 *   <li><b>Completes</b> when the stage before it has completed and no item is running.
 *   <li><b>Cancels</b> by interrupting what runs and dropping its results.
 *   <li><b>On failure</b> the item becomes {@link Outcome.Failed} and passes the later works untouched. An item that was skipped does so too.
 * </ul>
 *
 * <p>The name that a verb takes first is unique in the topology; outcomes, reports and logs use it.
 *
 * @param <T> type of the values at this point
 */
public final class Stage<T> {

    private static final int LOOP_IN_FLIGHT = 16;

    private final TopologyBuilder builder;
    private final Vertex vertex;

    Stage(TopologyBuilder builder, Vertex vertex) {
        this.builder = builder;
        this.vertex = vertex;
    }

    /** Runs a work on each item. */
    public <R> Stage<R> map(String name, Work<? super T, ? extends R> work) {
        return work(name, work, Role.MAP);
    }

    /** As {@link #map}, with a work that is given the item's key as well. */
    public <R> Stage<R> mapKeyed(String name, Work<Keyed<T>, ? extends R> work) {
        return work(name, work, Role.KEYED);
    }

    /** As {@link #map}, with a function that computes from the item's key and its value. */
    public <R> Stage<R> mapKeyed(String name, BiFunction<String, ? super T, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        return mapKeyed(name, Work.<Keyed<T>, R>cpu(item -> function.apply(item.key(), item.value())));
    }

    /** Lets the items pass for which the work returns true; the others end as {@link Outcome.Skipped}. */
    public Stage<T> filter(String name, Work<? super T, Boolean> condition) {
        return work(name, condition, Role.FILTER);
    }

    /**
     * Makes any number of items of each: its children, which go on with keys {@code parent/0}, {@code parent/1} and so on. The parent ends when all of
     * its children have: as {@link Outcome.Consumed}, or as {@link Outcome.Failed} if a child is a failure.
     *
     * <ul>
     *   <li><b>Emits</b> the children of one parent in their order, one for each that is asked for: an iterable may be lazy.
     *   <li><b>Backpressures</b> between two children of a parent.
     *   <li><b>On failure</b> of the iterable itself, the children it has given so far go on and the parent fails.
     * </ul>
     */
    public <R> Stage<R> flatMap(String name, Work<? super T, ? extends Iterable<? extends R>> work) {
        return work(name, work, Role.MAP).then(new Step.ExpandStep(name, null));
    }

    /**
     * As {@link #flatMap(String, Work)}, with keys of your own.
     *
     * @param childKey gives a child its key, from its value and its position among its parent's children; keys must be unique in the run, and a second
     *     child of one parent with the same key makes the parent fail
     */
    public <R> Stage<R> flatMap(
            String name,
            Work<? super T, ? extends Iterable<? extends R>> work,
            BiFunction<? super R, Long, String> childKey) {
        Objects.requireNonNull(childKey, "childKey");
        @SuppressWarnings("unchecked") // called with what the work's iterable gives
        BiFunction<Object, Long, String> keys =
                (BiFunction<Object, Long, String>) (BiFunction<?, Long, String>) childKey;
        return work(name, work, Role.MAP).then(new Step.ExpandStep(name, keys));
    }

    /** Gives items that have failed before this point a value after all, computed from their outcome; other items pass. */
    public Stage<T> recover(String name, Work<? super Outcome<T>, ? extends T> work) {
        return work(name, work, Role.RECOVER);
    }

    /**
     * The failures of this stage as values, to count, log or store them. The items themselves end as they would without: to give them a value, use
     * {@link #recover}.
     */
    public Stage<Outcome<T>> failures(String name) {
        return then(new Step.FailuresStep(named(name)));
    }

    /**
     * Sends each item to exactly one of several stages.
     *
     * <p>An item that has failed before takes the first route untouched.
     *
     * @param routes the enum whose constants are the routes
     * @param select chooses the route of an item
     */
    public <K extends Enum<K>> Branch<T, K> branch(String name, Class<K> routes, Work<? super T, ? extends K> select) {
        Stage<Object> selected = work(name, select, Role.SELECT);
        Map<K, Stage<T>> stages = new EnumMap<>(routes);
        for (K route : routes.getEnumConstants()) {
            stages.put(route, selected.then(new Step.RouteStep(route, stages.isEmpty())));
        }
        return new Branch<>(stages);
    }

    /**
     * Puts the items of this and other stages into one, in the order in which they come. No key may come twice, so the sides are routes of a branch
     * or what followed on them; parts of an item that was fanned out are joined by {@link #joinByKey}.
     */
    @SafeVarargs
    public final Stage<T> merge(String name, Stage<? extends T>... others) {
        List<Vertex> inputs = new ArrayList<>(List.of(vertex));
        for (Stage<? extends T> other : others) {
            inputs.add(other.vertex);
        }
        return new Stage<>(builder, builder.add(new Step.MergeStep(named(name)), inputs));
    }

    /**
     * Joins the parts of each item that came two ways: computes one value from both.
     *
     * <ul>
     *   <li><b>Emits</b> when the second part of a key has come.
     *   <li><b>Backpressures</b> through what follows; the parts that wait for their other are as many as the other way can hold.
     *   <li><b>On failure</b> of one part, or of both, the item fails as the first of the sides did. A part whose other was skipped, or has not come
     *       when both sides have ended, becomes {@link Outcome.Failed} with the name of the missing side.
     * </ul>
     *
     * <p>Where the sides are cpu works behind the same stage, with nothing else in between, one thread runs those of an item one after the other, and threads
     * beside it run other items: nothing is handed over. A {@linkplain #queue queue} on a side, or a limit of its concurrency, has them run apart.
     *
     * <p>Sides that different {@code flatMap}s or routes made may leave parts without their other, which then wait for the end of the source, however
     * many they are; such a join runs in the JVM of the caller, not in a worker.
     */
    public <U, R> Stage<R> joinByKey(
            String name, Stage<U> other, BiFunction<? super T, ? super U, ? extends R> combine) {
        Objects.requireNonNull(combine, "combine");
        @SuppressWarnings("unchecked") // the sides come in this order
        Function<List<Object>, R> both = sides -> combine.apply((T) sides.get(0), (U) sides.get(1));
        return joinByKey(name, List.of(other), both);
    }

    /** As {@link #joinByKey(String, Stage, BiFunction)}, for any number of sides: their values come in the order of the sides, this one first. */
    public <R> Stage<R> joinByKey(
            String name, List<? extends Stage<?>> others, Function<? super List<Object>, ? extends R> combine) {
        Objects.requireNonNull(combine, "combine");
        List<Vertex> inputs = new ArrayList<>(List.of(vertex));
        for (Stage<?> other : others) {
            inputs.add(other.vertex);
        }
        List<String> sides = inputs.stream().map(Vertex::label).toList();
        Vertex join = builder.add(new Step.JoinStep(named(name), sides), inputs);
        return new Stage<List<Object>>(builder, join).map(name, Work.<List<Object>, R>cpu(combine::apply));
    }

    /**
     * Lists of {@code size} neighbours in the order of the source, a new one every {@code step} items; keys are those of the first and the last member
     * with {@code ..} between them.
     *
     * <ul>
     *   <li><b>Emits</b> a window when its last member has come and all windows before it are out.
     *   <li><b>Backpressures</b> as {@link #ordered(int) ordered(64)} does.
     *   <li><b>On failure</b> of a member, the window is failed. A member ends when all its windows have: as {@link Outcome.Consumed}, or as
     *       {@link Outcome.Failed} if one of them is a failure. An item that is in no full window ends as {@link Outcome.Skipped}.
     * </ul>
     *
     * @throws IllegalArgumentException if {@code size} or {@code step} is below 1
     */
    public Stage<List<T>> window(String name, int size, int step) {
        return windows(name, size, step, false, values -> List.copyOf(values));
    }

    /** Items 0 and 1, 2 and 3, and so on, as pairs with the key {@code first+second}; else as {@link #window}. */
    public Stage<Pair<T>> pairs(String name) {
        return windows(name, 2, 2, true, values -> new Pair<>(values.get(0), values.get(1)));
    }

    /** Items 0 and 1, 1 and 2, and so on, as pairs with the key {@code first+second}; else as {@link #window}. */
    public Stage<Pair<T>> successive(String name) {
        return windows(name, 2, 1, true, values -> new Pair<>(values.get(0), values.get(1)));
    }

    /**
     * Any {@code Flux} operator over all items with their keys: the way out for works over the whole, such as sorting or time windows.
     *
     * <p>An item whose key the operator emits goes on with the emitted value. One whose key it has not emitted when it completes ends as
     * {@link Outcome.Skipped}, and is remembered until then. A key that it emits beyond those it was given becomes an item of its own. Items that
     * failed before pass by. An error of the operator makes all items that it has not emitted fail; the run goes on.
     */
    public <R> Stage<R> transform(String name, Function<Flux<Keyed<T>>, ? extends Flux<Keyed<R>>> operator) {
        Objects.requireNonNull(operator, "operator");
        @SuppressWarnings({"unchecked", "rawtypes"}) // the stages on both sides have these types
        Function<Flux<Keyed<Object>>, Flux<Keyed<Object>>> untyped = (Function) operator;
        return then(new Step.TransformStep(named(name), untyped));
    }

    /** As {@link #loop(String, int, int, Function, Work)}, with at most 16 items in the loop. */
    public Stage<T> loop(String name, int maxRounds, Function<Stage<T>, Stage<T>> body, Work<? super T, Boolean> exit) {
        return loop(name, maxRounds, LOOP_IN_FLIGHT, body, exit);
    }

    /**
     * Sends each item through the body until {@code exit} returns true for it (asked after each round). An item for which it has not after
     * {@code maxRounds} rounds fails.
     *
     * <p>Backpressures when {@code inFlight} items are in the loop, so that what comes round always has room.
     *
     * @param body may use {@code map}, {@code mapKeyed}, {@code filter}, {@code recover}, {@code queue} and a {@code branch} that is merged again
     * @throws IllegalArgumentException if {@code maxRounds} or {@code inFlight} is below 1
     */
    public Stage<T> loop(
            String name,
            int maxRounds,
            int inFlight,
            Function<Stage<T>, Stage<T>> body,
            Work<? super T, Boolean> exit) {
        atLeastOne(name, "maxRounds", maxRounds);
        atLeastOne(name, "inFlight", inFlight);
        Vertex loop = builder.add(new Step.LoopStep(named(name), maxRounds, inFlight), List.of(vertex));
        Stage<Object> asked = body.apply(new Stage<>(builder, loop)).work(name, exit, Role.EXIT);
        return new Stage<>(builder, builder.add(new Step.LoopEndStep(name, -1), List.of(asked.vertex), loop));
    }

    /**
     * Adds the values of the items that pass here to an aggregate, whose result is in the report: {@code report.result(aggregate)}. Items
     * go on unchanged. An item whose value cannot be added fails, with the aggregate's name as the work's.
     */
    public Stage<T> aggregate(Aggregate<? super T, ?, ?> aggregate) {
        Work<Object, Object> pass = Work.cpu(value -> value);
        return then(new Step.WorkStep(aggregate.name(), pass, Role.AGGREGATE, aggregate));
    }

    /**
     * Runs a work for its effect on a branch of its own: what it returns is dropped. An item for which it fails is a failure, whatever becomes of it
     * elsewhere.
     *
     * @return this stage, so that the description can go on from it
     */
    public Stage<T> sink(String name, Work<? super T, ?> work) {
        work(name, work, Role.SINK);
        return this;
    }

    /**
     * Puts a bounded queue between the work before and the work after, which then no longer run as one hop.
     *
     * <ul>
     *   <li><b>Emits</b> items in the order they came, when the work after asks.
     *   <li><b>Backpressures</b> when it holds as many items as its capacity; it asks for more when three quarters are taken.
     *   <li><b>Completes</b> when the stage before it has completed and it is empty; an error of the source comes after what it holds.
     *   <li><b>Cancels</b> by dropping what it holds.
     * </ul>
     */
    public Stage<T> queue(Capacity capacity) {
        Objects.requireNonNull(capacity, "capacity");
        return then(new Step.QueueStep(capacity, Long.MAX_VALUE, null));
    }

    /**
     * As {@link #queue(Capacity)}, bounded by the weight of what it holds as well. An item that would exceed the bound waits outside, where there is
     * room for one; an item that is heavier than the bound goes in alone.
     *
     * @param maxWeight bound of the sum of the weights, for instance in bytes
     * @param weigher weight of a value, 0 or more; pure and quick; items that have failed weigh nothing
     * @throws IllegalArgumentException if {@code maxWeight} is below 1
     */
    public Stage<T> queue(Capacity capacity, long maxWeight, ToLongFunction<? super T> weigher) {
        Objects.requireNonNull(capacity, "capacity");
        Objects.requireNonNull(weigher, "weigher");
        if (maxWeight < 1) {
            throw new IllegalArgumentException("queue weight is bounded by " + maxWeight + ": it must be at least 1");
        }
        @SuppressWarnings("unchecked") // called with values of this stage
        ToLongFunction<Object> untyped = (ToLongFunction<Object>) weigher;
        return then(new Step.QueueStep(capacity, maxWeight, untyped));
    }

    /**
     * Emits the items in the order of the source.
     *
     * <ul>
     *   <li><b>Emits</b> an item when all before it are out.
     *   <li><b>Backpressures</b> when {@code window} items are between the last place where they were in order (the source, another
     *       {@code ordered}, a window) and here: a slow item lets at most so many pass ahead.
     * </ul>
     *
     * @throws IllegalArgumentException if {@code window} is below 1
     */
    public Stage<T> ordered(int window) {
        if (window < 1) {
            throw new IllegalArgumentException("ordered(" + window + "): at least 1 item must be able to pass");
        }
        return then(new Step.OrderedStep(window));
    }

    /**
     * Marks where the slice that workers run begins: what stands before runs once, in the JVM of the caller. Without marks it begins after the source.
     * Executors that run in one JVM give the same outcomes with and without marks.
     */
    public Stage<T> partition(Partitioning how) {
        return then(new Step.PartitionStep(Objects.requireNonNull(how, "how")));
    }

    /**
     * Marks where the slice that workers run ends: what stands after runs once, in the JVM of the caller, on what comes from all workers. Without marks
     * it ends at the output, or before the first work that needs the order of the source.
     */
    public Stage<T> gather() {
        return then(new Step.GatherStep());
    }

    /**
     * Marks where a job keeps values: when a job resumes, items that are done pass here again with the value that they had, without the works before,
     * so that aggregates, windows and what else needs all items can go on behind the mark. Kept values are encoded, so their classes are named in
     * {@link TopologyBuilder#types}. Works and windows behind the mark run again for items that are done, at each resume, so what they do must bear
     * repetition. Without a job it is without effect on outcomes.
     *
     * <p>Runs in the JVM of the caller: workers run what stands before, as with {@link #gather}. Stands at most once, where every item of the source
     * passes as itself: not behind {@code flatMap}, {@code window}, {@code transform} or on a route of a branch.
     */
    public Stage<T> keepValues() {
        return then(new Step.KeepStep());
    }

    /**
     * Ends the description: the output of the topology is what this stage emits.
     *
     * @throws InvalidTopologyException with every problem of the graph, each with its fix
     */
    public Topology<T> build() {
        return new Topology<>(builder.plan(vertex), null);
    }

    private <R> Stage<R> windows(String name, int size, int step, boolean pairs, Function<List<T>, Object> shape) {
        atLeastOne(name, "size", size);
        atLeastOne(name, "step", step);
        @SuppressWarnings({"unchecked", "rawtypes"}) // the values are those of this stage
        Function<List<Object>, Object> untyped = (Function) shape;
        return then(new Step.WindowStep(named(name), size, step, pairs, untyped));
    }

    private static void atLeastOne(String name, String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("'" + name + "': " + what + " is " + value + ": it must be at least 1");
        }
    }

    private static String named(String name) {
        return Objects.requireNonNull(name, "name");
    }

    private <R> Stage<R> work(String name, Work<?, ?> work, Role role) {
        return then(new Step.WorkStep(named(name), Objects.requireNonNull(work, "work"), role));
    }

    private <R> Stage<R> then(Step step) {
        return new Stage<>(builder, builder.add(step, List.of(vertex)));
    }
}
