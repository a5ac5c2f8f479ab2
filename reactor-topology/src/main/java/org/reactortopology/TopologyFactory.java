package org.reactortopology;

/**
 * Builds a topology from parameters, in the same way in every process.
 *
 * <p>Lambdas are never shipped: a child JVM makes an instance of the named factory class (which needs a constructor without arguments),
 * calls {@link #create} with equal parameters, and compares fingerprints before the first item.
 *
 * @param <P> type of the parameters: best a record of simple values, paths, lists and further records
 * @param <O> type of the value that the topology computes for an item
 */
@FunctionalInterface
public interface TopologyFactory<P, O> {

    /**
     * Builds the topology. Called once in each process, before any item. Must not start work of its own, and must give equal graphs for
     * equal parameters.
     */
    Topology<O> create(P params);
}
