package org.reactortopology.benchmarks.harness;

import java.util.Collection;

/**
 * What a handful of samples tell.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param deviation median of the distances from the median, unscaled
 */
public record Statistics(int samples, double median, double lowest, double highest, double deviation) {

    /** Samples from which on the deviation says more than the range. */
    private static final int ENOUGH_FOR_DEVIATION = 5;

    /** Twice the standard deviation that such a deviation stands for, if the samples were normal. */
    private static final double TWO_SIGMA = 2 * 1.4826;

    /** Refuses an empty collection. */
    public static Statistics of(Collection<Double> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no samples");
        }
        double[] sorted =
                samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double median = middle(sorted);
        double deviation = middle(samples.stream()
                .mapToDouble(sample -> Math.abs(sample - median))
                .sorted()
                .toArray());
        return new Statistics(sorted.length, median, sorted[0], sorted[sorted.length - 1], deviation);
    }

    /**
     * Lower end of the band in which these samples move: the lowest one, or from five samples on the median less two standard deviations (2 x 1.4826 x
     * the median absolute deviation), whichever is nearer to the median.
     */
    public double noiseLow() {
        return samples < ENOUGH_FOR_DEVIATION ? lowest : Math.max(lowest, median - TWO_SIGMA * deviation);
    }

    /** Upper end of the band, as {@link #noiseLow()}. */
    public double noiseHigh() {
        return samples < ENOUGH_FOR_DEVIATION ? highest : Math.min(highest, median + TWO_SIGMA * deviation);
    }

    private static double middle(double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
