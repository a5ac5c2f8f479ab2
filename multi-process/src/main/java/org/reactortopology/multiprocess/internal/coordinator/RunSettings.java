package org.reactortopology.multiprocess.internal.coordinator;

import java.time.Duration;

/**
 * The bounds of one run.
 *
 * @param workers most workers that may be started
 * @param threads cpu threads of each
 * @param outcomeItems outcomes that may wait for the subscriber, all workers together
 * @param outcomeBytes their encoded bytes
 * @param maxItemBytes largest encoded value that may cross
 * @param startTimeout from the start of a worker until it must be ready
 * @param maxRestarts workers that may die within {@code restartWindow}
 * @param sharedPool whether other runs may take workers of the same pool
 * @param workerSilence a worker from which nothing comes for so long is frozen
 */
public record RunSettings(
        int workers,
        int threads,
        int outcomeItems,
        long outcomeBytes,
        int maxItemBytes,
        Duration startTimeout,
        int maxRestarts,
        Duration restartWindow,
        Duration workerSilence,
        boolean sharedPool) {

    /** Outcomes that one worker may have sent or be sending without the subscriber having taken them. */
    int outcomeItemShare() {
        return Math.max(1, outcomeItems / workers);
    }

    /** Their encoded bytes. */
    long outcomeByteShare() {
        return Math.max(1, outcomeBytes / workers);
    }
}
