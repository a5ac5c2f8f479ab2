package org.reactortopology.benchmarks.peers;

/** An engine that runs the loads with two threads. Items are objects in all of them. One thread calls it. */
interface Subject extends AutoCloseable {

    int PARALLELISM = 2;

    /** Starts the engine, once, before the first load. */
    void start() throws Exception;

    /** Runs a load over the numbers below {@code items} and sums its results up. */
    Total run(PeerLoad load, int items) throws Exception;

    /** Ends the engine. */
    @Override
    void close() throws Exception;
}
