package org.reactortopology;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.reactortopology.spi.Source;
import org.reactortopology.spi.Step;

/**
 * Typed handle of one work's output while a topology is described; each verb returns the next stage. Immutable.
 *
 * @param <T> type of the values at this point
 */
public final class Stage<T> {

    private final TopologyBuilder builder;
    private final Source source;
    private final List<Step> steps;
    private final Partitioning partitioning;
    private final List<String> problems;

    Stage(TopologyBuilder builder, Source source, List<Step> steps, Partitioning partitioning, List<String> problems) {
        this.builder = builder;
        this.source = source;
        this.steps = steps;
        this.partitioning = partitioning;
        this.problems = problems;
    }

    /**
     * Runs a work on each item.
     *
     * <ul>
     *   <li><b>Emits</b> the item with its new value as soon as the work returns, in no promised order.
     *   <li><b>Backpressures</b> when as many items as the work's concurrency run or wait to be taken by what follows.
     *   <li><b>Completes</b> when the stage before it has completed and no item is running.
     *   <li><b>Cancels</b> by interrupting what runs and dropping its results.
     *   <li><b>On failure</b> the item becomes {@link Outcome.Failed} and skips the later works.
     * </ul>
     *
     * @param name unique in the topology; names the work in outcomes, reports and logs
     */
    public <R> Stage<R> map(String name, Work<? super T, ? extends R> work) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(work, "work");
        return with(new Step.WorkStep(name, work));
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
        Stage<T> next = with(new Step.QueueStep(capacity));
        if (!steps.isEmpty() && steps.get(steps.size() - 1) instanceof Step.QueueStep) {
            return next.problem("two queues follow each other: one queue of the sum of their capacities does the same");
        }
        return next;
    }

    /** Sets how the source is shared out to workers; stands right after the source. Default: {@link Partitioning#onDemand()}. */
    public Stage<T> partition(Partitioning how) {
        Objects.requireNonNull(how, "how");
        Stage<T> next = new Stage<>(builder, source, steps, how, problems);
        return steps.isEmpty()
                ? next
                : next.problem("partition(" + how + ") stands after a work or queue: put it right after the source");
    }

    /**
     * Ends the description: the output of the topology is what this stage emits.
     *
     * @throws InvalidTopologyException with every problem of the graph, each with its fix
     */
    public Topology<T> build() {
        return new Topology<>(builder.plan(source, steps, partitioning, problems), null);
    }

    private <R> Stage<R> with(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Stage<>(builder, source, List.copyOf(longer), partitioning, problems);
    }

    private Stage<T> problem(String problem) {
        List<String> longer = new ArrayList<>(problems);
        longer.add(problem);
        return new Stage<>(builder, source, steps, partitioning, List.copyOf(longer));
    }
}
