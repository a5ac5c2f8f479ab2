package org.reactortopology;

/**
 * The bound of a queue.
 *
 * @param items how many items it holds at most, from 1 to 1 048 576
 */
public record Capacity(int items) {

    /** The largest bound: above it, a queue no longer is one. */
    public static final int MAX_ITEMS = 1 << 20;

    /** Checks the bound. */
    public Capacity {
        if (items < 1 || items > MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "queue capacity is " + items + ": a queue holds from 1 to " + MAX_ITEMS + " items");
        }
    }

    /** A queue that holds at most that many items. */
    public static Capacity bounded(int items) {
        return new Capacity(items);
    }
}
