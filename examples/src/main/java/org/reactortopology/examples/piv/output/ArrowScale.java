package org.reactortopology.examples.piv.output;

import org.reactortopology.examples.piv.correlation.VelocityField;

/**
 * How magnitudes turn into arrow lengths and colours.
 *
 * @param pixelsPerPixel length of an arrow in picture px per px of displacement
 * @param longest longest arrow that is drawn, in picture px; longer ones are cut to it
 * @param low magnitude in px of the darkest colour
 * @param high magnitude in px of the lightest colour, above {@code low}
 */
record ArrowScale(double pixelsPerPixel, double longest, double low, double high) {

    /**
     * Scales so that a few wild vectors change nothing: from percentiles of the vectors without a flag.
     *
     * <p>The 95th percentile becomes an arrow as long as the distance of two vectors. The colours span the 1st to the
     * 99th percentile, or 0 to the 99th where the 1st is less than half of it or they hardly differ.
     *
     * @param field the vectors
     * @param spacing distance of two drawn vectors in picture px
     */
    static ArrowScale of(VelocityField field, double spacing) {
        float[] magnitudes = Magnitudes.unflagged(field);
        double long95 = positiveOrOne(Magnitudes.percentile(magnitudes, 95));
        double high = Math.max(positiveOrOne(Magnitudes.percentile(magnitudes, 99)), 1e-6);
        double first = Magnitudes.percentile(magnitudes, 1);
        double low = first > 0.5 * high && high - first > 0.05 * high ? first : 0;
        return new ArrowScale(spacing / long95, 2 * spacing, low, high);
    }

    /** Place of a magnitude in px between {@code low} (0) and {@code high} (1); may lie outside. */
    double fraction(double magnitude) {
        return (magnitude - low) / (high - low);
    }

    private static double positiveOrOne(double value) {
        return value > 0 ? value : 1;
    }
}
