package org.reactortopology.internal.lane;

/**
 * The code of one lane. Each lane has its own instance, which one thread at a time uses; what one thread wrote the next one sees.
 *
 * @param <A> what goes in
 * @param <R> what comes out, never null
 */
public interface LaneFunction<A, R> {

    /**
     * One result for one item. What this throws (or a null result) ends the flux at once: an exception that belongs to the item has to be a
     * value.
     */
    R apply(A item);

    /**
     * Whether items have been so quick of late, with all that {@link #apply} does, that handing over their results one by one costs more than they do.
     * Their lane then holds a few results back. Those that two looks {@value Backstop#MILLIS} ms apart have found are taken from it, so none is late by more
     * than twice that, and by how long a look or the taking waits for a thread. Asked for each item, on the thread that runs it.
     */
    default boolean isQuick() {
        return false;
    }

    /**
     * Called when the lane has run out of items, is blocked downstream or gives up its thread, on the thread that it gives up: the place to
     * pass on local counters. What it throws ends the flux.
     */
    default void pause() {}
}
