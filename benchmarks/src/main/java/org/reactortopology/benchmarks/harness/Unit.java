package org.reactortopology.benchmarks.harness;

/**
 * What a figure counts and which way is better.
 *
 * @param symbol as it is printed, such as {@code items/s}; two figures of one subject and load differ by it
 * @param moreIsBetter false for times, memory and the like
 */
public record Unit(String symbol, boolean moreIsBetter) {

    /** Throughput. */
    public static final Unit ITEMS_PER_SECOND = more("items/s");

    /** Throughput in 2^20 bytes. */
    public static final Unit MIB_PER_SECOND = more("MiB/s");

    /** Time on the clock. */
    public static final Unit SECONDS = less("s");

    /** Time on the clock for each item. */
    public static final Unit NANOS_PER_ITEM = less("ns/item");

    /** User and system time of all processes. */
    public static final Unit CPU_SECONDS = less("CPU s");

    /** User and system time of all processes for each item. */
    public static final Unit CPU_MICROS_PER_ITEM = less("CPU us/item");

    /** Memory in 2^20 bytes: the largest sum of all processes. */
    public static final Unit PEAK_MIB = less("peak MiB");

    /** Refuses a unit without a symbol. */
    public Unit {
        if (symbol.isBlank()) {
            throw new IllegalArgumentException("a unit needs a symbol");
        }
    }

    /** A unit of which more is better. */
    public static Unit more(String symbol) {
        return new Unit(symbol, true);
    }

    /** A unit of which less is better. */
    public static Unit less(String symbol) {
        return new Unit(symbol, false);
    }
}
