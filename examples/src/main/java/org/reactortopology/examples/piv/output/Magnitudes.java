package org.reactortopology.examples.piv.output;

import java.util.Arrays;
import org.reactortopology.examples.piv.correlation.VelocityField;

/** Sizes of displacement vectors in px, and their percentiles. */
final class Magnitudes {

    private Magnitudes() {}

    /** The magnitude in px of the vector at the row-major position {@code index}. */
    static float at(VelocityField field, int index) {
        return (float) Math.hypot(field.u()[index], field.v()[index]);
    }

    /** The magnitudes in px of all measured vectors, ascending. */
    static float[] sortedMeasured(VelocityField field) {
        return sorted(field, true);
    }

    /** The magnitudes in px of the measured vectors without a flag, ascending; of all measured ones if there are none. */
    static float[] sortedUnflagged(VelocityField field) {
        float[] unflagged = sorted(field, false);
        return unflagged.length > 0 ? unflagged : sortedMeasured(field);
    }

    /** The median magnitude in px of the measured vectors, NaN if there are none. */
    static float median(VelocityField field) {
        return percentile(sortedMeasured(field), 50);
    }

    /**
     * The percentile with linear interpolation between neighbours.
     *
     * @param sorted values, ascending
     * @param percent 0 to 100
     * @return the value, or NaN if {@code sorted} is empty
     */
    static float percentile(float[] sorted, double percent) {
        if (sorted.length == 0) {
            return Float.NaN;
        }
        double position = percent / 100 * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return (float) (sorted[below] + (position - below) * (sorted[above] - sorted[below]));
    }

    private static float[] sorted(VelocityField field, boolean withFlagged) {
        float[] values = new float[field.u().length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (VectorFlags.isMeasured(field, i) && (withFlagged || !VectorFlags.isFlagged(field, i))) {
                values[count++] = at(field, i);
            }
        }
        float[] result = Arrays.copyOf(values, count);
        Arrays.sort(result);
        return result;
    }
}
