package org.reactortopology.spi;

import java.time.Duration;

/**
 * Told which calls run under a deadline, so that somebody outside of this JVM can end it when a call does not yield to the interrupt. Given to
 * {@link SliceEngine#slice(TopologyPlan, WorkStats, int, java.util.Map, WorkWatch)}.
 *
 * <p>Of {@code cpu} and {@code io} works that have a {@link org.reactortopology.Work#timeout} or {@link org.reactortopology.Work#silence}, each attempt is
 * told of; of other works nothing. A call is known by its work and by its item: the same instance in all three methods. Attempts for one item follow each other.
 *
 * <p>Called by many threads at once, in the way of the work: must be quick, must not block and must not throw.
 */
public interface WorkWatch {

    /**
     * A call is about to begin, on the thread that will make it.
     *
     * @param work its place among {@link TopologyPlan#works()}
     * @param item what comes to the work, or has come to the works of the same hop; its key, index and lineage are those of the call
     */
    void began(int work, Item item);

    /**
     * A call of a work with a limit of silence has shown progress, on any thread. Told at most once in the time that {@link #tickEvery} says, so whoever
     * measures the silence from here has to allow so much more. One from another thread than that of the call may come while {@link #ended} is told, or right after.
     */
    void ticked(int work, Item item);

    /** How often progress is told at most: a quarter of the limit of silence, and no longer than 250 ms. */
    static Duration tickEvery(Duration silence) {
        Duration most = Duration.ofMillis(250);
        return silence.compareTo(most.multipliedBy(4)) < 0 ? silence.dividedBy(4) : most;
    }

    /** The call has returned or thrown, on its thread. Every call that began ends, unless the JVM does. */
    void ended(int work, Item item);
}
