package org.reactortopology;

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
}
