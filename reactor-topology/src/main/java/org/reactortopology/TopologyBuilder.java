package org.reactortopology;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.reactortopology.spi.Source;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** The beginning of a topology's description: options of the whole, then its source. Not thread-safe. */
public final class TopologyBuilder {

    private final String name;
    private final Set<Class<?>> types = new LinkedHashSet<>();
    private boolean stopOnFailure;

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
     * failures are outcomes like others and the run goes on.
     */
    public TopologyBuilder stopOnFailure() {
        return stopOnFailure(true);
    }

    /** As {@link #stopOnFailure()}, if {@code stop}. */
    public TopologyBuilder stopOnFailure(boolean stop) {
        stopOnFailure = stop;
        return this;
    }

    /** The source: a series, whose elements bring their keys. */
    public <T> Stage<T> source(String sourceName, Series<T> series) {
        Objects.requireNonNull(sourceName, "sourceName");
        Objects.requireNonNull(series, "series");
        return new Stage<>(this, new Source.OfSeries(sourceName, series), List.of(), Partitioning.ON_DEMAND, List.of());
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
        Objects.requireNonNull(key, "key");
        @SuppressWarnings("unchecked") // the source calls it only with what the publisher emits
        Function<Object, String> keyOf = (Function<Object, String>) key;
        return new Stage<>(
                this,
                new Source.OfPublisher(sourceName, publisher, keyOf),
                List.of(),
                Partitioning.ON_DEMAND,
                List.of());
    }

    TopologyPlan plan(Source source, List<Step> steps, Partitioning partitioning, List<String> problems) {
        List<String> all = new ArrayList<>();
        if (name.isBlank()) {
            all.add("its name is blank: give it one that reports and logs can show");
        }
        all.addAll(problems);
        all.addAll(duplicateNames(source, steps));
        if (!all.isEmpty()) {
            throw new InvalidTopologyException(name, all);
        }
        return new TopologyPlan(name, source, steps, partitioning, List.copyOf(types), stopOnFailure);
    }

    private static List<String> duplicateNames(Source source, List<Step> steps) {
        List<String> problems = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        List<String> names = new ArrayList<>();
        names.add(source.name());
        steps.forEach(step -> {
            if (step instanceof Step.WorkStep work) {
                names.add(work.name());
            }
        });
        for (String each : names) {
            if (each.isBlank()) {
                problems.add("a source or work has a blank name: give it one that reports and logs can show");
            } else if (!seen.add(each)) {
                problems.add("the name '" + each
                        + "' is used twice: outcomes and reports name works, so rename one of the two");
            }
        }
        return problems;
    }
}
