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
    CONTIGUOUS,
    /**
     * The first item goes to the first worker, the second to the second, and so on in turn. An item whose worker has no room holds back those
     * behind it until it has, so the slowest worker sets the pace.
     */
    ROUND_ROBIN,
    /**
     * Items with the same key go to the same worker, chosen by a hash of the key that is the same in every run with as many workers. An item whose
     * worker has no room holds back those behind it until it has.
     */
    BY_KEY;

    /** {@link #ON_DEMAND}. */
    public static Partitioning onDemand() {
        return ON_DEMAND;
    }

    /** {@link #CONTIGUOUS}. */
    public static Partitioning contiguous() {
        return CONTIGUOUS;
    }

    /** {@link #ROUND_ROBIN}. */
    public static Partitioning roundRobin() {
        return ROUND_ROBIN;
    }

    /** {@link #BY_KEY}. */
    public static Partitioning byKey() {
        return BY_KEY;
    }
}
