package org.reactortopology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.reactortopology.internal.graph.Lowering;
import org.reactortopology.internal.graph.Sketch;
import org.reactortopology.internal.graph.Vertex;
import org.reactortopology.spi.Source;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** The beginning of a topology's description: options of the whole, then its source. Not thread-safe. */
public final class TopologyBuilder {

    private static final Duration STALL_AFTER = Duration.ofMinutes(1);

    private final Sketch sketch = new Sketch();
    private final String name;
    private final Set<Class<?>> types = new LinkedHashSet<>();
    private boolean stopOnFailure;
    private final List<Halt> haltWhen = new ArrayList<>();
    private OptionalInt bufferItems = OptionalInt.empty();
    private Duration stallAfter = STALL_AFTER;

    TopologyBuilder(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Names the classes of the values that items may carry from one process to another: those that leave the source and those that the last
     * work returns. Records bring the classes of their components, sealed types those they permit. Strings, boxed primitives, arrays of
     * primitives, paths, {@link Pair}, the common collections and {@code java.time} values need no naming. A value of another class is
     * refused with its name when it would cross. Default: none.
     */
    public TopologyBuilder types(Class<?>... classes) {
        types.addAll(List.of(classes));
        return this;
    }

    /**
     * Ends the run at the first failure: that outcome is emitted, then the outcomes fail with {@link StoppedOnFailureException}. Default:
     * failures are outcomes like others and the run goes on. {@link #haltWhen} is less strict.
     */
    public TopologyBuilder stopOnFailure() {
        return stopOnFailure(true);
    }

    /** As {@link #stopOnFailure()}, if {@code stop}. */
    public TopologyBuilder stopOnFailure(boolean stop) {
        stopOnFailure = stop;
        return this;
    }

    /**
     * Gives the run up when it meets the rule: it takes no more input, finishes what is in flight (or not, see {@link Halt#now}), and then its outcomes
     * fail with {@link HaltedException}. Of several rules, the one that is met first counts. Default: none.
     */
    public TopologyBuilder haltWhen(Halt rule) {
        haltWhen.add(Objects.requireNonNull(rule, "rule"));
        return this;
    }

    /**
     * Bounds the buffer before each hop that has no explicit queue before it. Default: twice the hop's concurrency, and at least 32 behind the
     * source. A series of numbers, files or pairs of numbers needs no buffer behind it: the first hop takes an item when it can run it.
     *
     * @throws IllegalArgumentException if {@code items} is not a valid {@link Capacity}
     */
    public TopologyBuilder buffer(int items) {
        bufferItems = OptionalInt.of(Capacity.bounded(items).items());
        return this;
    }

    /**
     * Logs a warning when a run has not moved for so long: which buffer is full, or what runs, with the keys. Zero: never. Default: one minute.
     *
     * @throws IllegalArgumentException if {@code time} is negative
     */
    public TopologyBuilder stallAfter(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("stallAfter is " + time + ": it must be zero or positive");
        }
        stallAfter = time;
        return this;
    }

    /**
     * A value for works that is computed once per run, before the first item. Workers get it by value, so its class is named in {@link #types}.
     */
    public <C> Once<C> once(String onceName, Callable<? extends C> supplier) {
        return new Once<>(onceName, supplier, false);
    }

    /** A value for works that is computed once in each process that runs them, before its first item: what cannot cross, or is cheap to make. */
    public <C> Once<C> oncePerWorker(String onceName, Callable<? extends C> supplier) {
        return new Once<>(onceName, supplier, true);
    }

    /** The source: a series, whose elements bring their keys. */
    public <T> Stage<T> source(String sourceName, Series<T> series) {
        Objects.requireNonNull(sourceName, "sourceName");
        Objects.requireNonNull(series, "series");
        return source(new Source.OfSeries(sourceName, series));
    }

    /**
     * The source: any publisher, with a function that gives each element its key. The run remembers every key to refuse a second one
     * ({@link DuplicateKeyException}).
     *
     * @param key must be pure, and give each element a key that is unique in this source and not blank
     */
    public <T> Stage<T> source(String sourceName, Publisher<T> publisher, Function<? super T, String> key) {
        Objects.requireNonNull(sourceName, "sourceName");
        Objects.requireNonNull(publisher, "publisher");
        return source(new Source.OfPublisher(sourceName, publisher, untyped(key)));
    }

    /**
     * The source is supplied from outside: {@code flux.transform(executor.through(topology))}.
     *
     * @param type class of the elements; another one ends the run with an error that names it
     * @param key must be pure, and give each element a key that is not blank and that no other has while it is under way; a second one ends the
     *     run with {@link DuplicateKeyException}
     */
    public <T> Stage<T> input(String inputName, Class<T> type, Function<? super T, String> key) {
        Objects.requireNonNull(inputName, "inputName");
        Objects.requireNonNull(type, "type");
        return source(new Source.OfInput(inputName, type, untyped(key), null));
    }

    Vertex add(Step step, List<Vertex> inputs) {
        return sketch.add(step, inputs);
    }

    Vertex add(Step step, List<Vertex> inputs, Vertex loop) {
        return sketch.add(step, inputs, loop);
    }

    TopologyPlan plan(Vertex output) {
        return Lowering.plan(
                sketch,
                output,
                new Lowering.Options(
                        name, List.copyOf(types), stopOnFailure, List.copyOf(haltWhen), bufferItems, stallAfter));
    }

    private <T> Stage<T> source(Source source) {
        return new Stage<>(this, sketch.add(new Step.SourceStep(source), List.of()));
    }

    @SuppressWarnings("unchecked") // the source calls it only with its own elements
    private static Function<Object, String> untyped(Function<?, String> key) {
        return (Function<Object, String>) Objects.requireNonNull(key, "key");
    }
}
