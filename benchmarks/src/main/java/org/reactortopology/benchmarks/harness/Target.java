package org.reactortopology.benchmarks.harness;

/**
 * What the median of a figure or of a ratio should come to. It is printed beside it and judged by nobody.
 *
 * @param least whether the value is the least that will do, rather than the most
 */
public record Target(boolean least, double value) {

    /** The median should not be below it. */
    public static Target atLeast(double value) {
        return new Target(true, value);
    }

    /** The median should not be above it. */
    public static Target atMost(double value) {
        return new Target(false, value);
    }

    /** Whether such a median will do. */
    public boolean metBy(double median) {
        return least ? median >= value : median <= value;
    }

    @Override
    public String toString() {
        return (least ? "at least " : "at most ") + Numbers.text(value);
    }
}
