package org.reactortopology;

import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/**
 * How a topology is run: in one thread, in one JVM, over child JVMs. All executors give the same outcomes for the same topology.
 *
 * <p>Thread-safe; holds nothing between runs unless its own page says so.
 */
public interface TopologyExecutor {

    /**
     * Prepares one run. Nothing starts before {@link TopologyRun#outcomes()} is subscribed to.
     *
     * @throws InvalidTopologyException if this executor cannot run the topology; the message says what to change
     */
    <O> TopologyRun<O> run(Topology<O> topology);

    /**
     * A topology whose source is an {@link TopologyBuilder#input} as an operator: {@code flux.transform(executor.through(topology))}.
     *
     * <ul>
     *   <li>Each subscription is a run of its own, with threads or processes of its own.
     *   <li>Finite and endless fluxes; demand and cancellation flow through, and the Reactor {@code Context} reaches {@code async} works and the
     *       flux.
     *   <li>An error of the flux comes after the outcomes of all elements before it.
     * </ul>
     *
     * @param <I> type of the elements; checked against the class given to {@code input} when they come
     * @throws InvalidTopologyException if the topology has another kind of source, or this executor cannot run it
     */
    default <I, O> Function<Flux<I>, Flux<Outcome<O>>> through(Topology<O> topology) {
        return through(topology, run -> {});
    }

    /**
     * As {@link #through(Topology)}, for those who look at the runs or end them: a service that shuts down calls {@link TopologyRun#drain} on those it was
     * given.
     *
     * @param runs gets the run of each subscription, before it starts; what it throws fails the subscription
     * @throws InvalidTopologyException if the topology has another kind of source, or this executor cannot run it
     */
    default <I, O> Function<Flux<I>, Flux<Outcome<O>>> through(
            Topology<O> topology, Consumer<? super TopologyRun<O>> runs) {
        topology.suppliedBy(Flux.empty()); // refused here rather than at the first subscription
        return flux -> Flux.defer(() -> {
            TopologyRun<O> run = run(topology.suppliedBy(flux));
            runs.accept(run);
            return run.outcomes();
        });
    }
}
