package org.reactortopology.multiprocess.internal.pool;

import reactor.core.publisher.Mono;

/** Where a pool's workers come from: child JVMs, or sessions in this JVM. */
public interface WorkerStarter {

    /**
     * Starts a worker. Fails with {@link org.reactortopology.multiprocess.WorkerStartException} if it does not connect. Whoever subscribes is not made
     * to wait; one that is cancelled is killed.
     *
     * @param number never given before
     * @param heapFactor how many times the usual heap it has
     */
    Mono<StartedWorker> start(int number, double heapFactor);

    /**
     * Ends all that is left: those that are connected are given time to end by themselves, and must have been told to. Completes when no process,
     * thread or socket is left. Subscribed to once; nothing is started after it.
     *
     * @param clean whether nothing needs to be kept for finding out what happened
     */
    Mono<Void> close(boolean clean);
}
