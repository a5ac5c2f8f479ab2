package org.reactortopology.benchmarks.harness;

/**
 * Where on a curve a figure belongs.
 *
 * @param x place on the axis, above zero because curves are drawn over its logarithm
 * @param of what the axis counts, such as {@code items}
 */
public record Point(double x, String of) {

    /** Refuses what has no logarithm. */
    public Point {
        if (!(x > 0)) {
            throw new IllegalArgumentException("a point lies above zero, not at " + x);
        }
    }

    @Override
    public String toString() {
        return Numbers.text(x) + " " + of;
    }
}
