package org.reactortopology;

/**
 * How the source is shared out to workers. Without effect in executors that run in one JVM.
 */
public enum Partitioning {
    /** Workers pull: each gets the next items when it has room for them, in smaller steps towards the end. The default. */
    ON_DEMAND,
    /**
     * Each worker gets one run of neighbours: near-equal ranges of a series (lengths differ by at most one, order kept, a series shorter
     * than the number of workers uses fewer), near-equal shares of what any other source emits, which is then read to its end first.
     */
    CONTIGUOUS;

    /** {@link #ON_DEMAND}. */
    public static Partitioning onDemand() {
        return ON_DEMAND;
    }

    /** {@link #CONTIGUOUS}. */
    public static Partitioning contiguous() {
        return CONTIGUOUS;
    }
}
