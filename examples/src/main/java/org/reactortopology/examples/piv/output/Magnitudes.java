package org.reactortopology.examples.piv.output;

import java.util.Arrays;
import org.reactortopology.examples.piv.correlation.VelocityField;

/** Sizes of displacement vectors in px, and their percentiles. */
final class Magnitudes {

    private Magnitudes() {}

    /** The magnitude in px of the vector at the row-major position {@code index}. */
    static float at(VelocityField field, int index) {
        double u = field.u()[index];
        double v = field.v()[index];
        return (float) Math.sqrt(u * u + v * v); // squares of floats neither overflow nor vanish in a double
    }

    /** The magnitudes in px of the vectors without a flag; of all measured ones if there are none. */
    static float[] unflagged(VelocityField field) {
        float[] unflagged = of(field, false);
        return unflagged.length > 0 ? unflagged : of(field, true);
    }

    /** The median magnitude in px of the measured vectors, NaN if there are none. */
    static float median(VelocityField field) {
        return percentile(of(field, true), 50);
    }

    /**
     * The percentile with linear interpolation between neighbours, by quickselect (C. A. R. Hoare, Commun. ACM 4 (1961) 321).
     *
     * @param values numbers, none of them NaN; they change places
     * @param percent 0 to 100
     * @return the value, or NaN if there are none
     */
    static float percentile(float[] values, double percent) {
        if (values.length == 0) {
            return Float.NaN;
        }
        double position = percent / 100 * (values.length - 1);
        int below = (int) position;
        select(values, below);
        float lower = values[below];
        float upper = below + 1 < values.length ? least(values, below + 1) : lower;
        return (float) (lower + (position - below) * (upper - lower));
    }

    /** Brings the value of that rank to its place, none greater before it, none smaller behind it. */
    private static void select(float[] values, int rank) {
        int from = 0;
        int to = values.length - 1;
        while (from < to) {
            float pivot = values[(from + to) >>> 1];
            int left = from;
            int right = to;
            while (left <= right) {
                while (values[left] < pivot) {
                    left++;
                }
                while (values[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    float value = values[left];
                    values[left++] = values[right];
                    values[right--] = value;
                }
            }
            if (rank <= right) {
                to = right;
            } else if (rank >= left) {
                from = left;
            } else {
                return;
            }
        }
    }

    private static float least(float[] values, int from) {
        float least = values[from];
        for (int i = from + 1; i < values.length; i++) {
            if (values[i] < least) {
                least = values[i];
            }
        }
        return least;
    }

    private static float[] of(VelocityField field, boolean withFlagged) {
        float[] values = new float[field.u().length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (VectorFlags.isMeasured(field, i) && (withFlagged || !VectorFlags.isFlagged(field, i))) {
                values[count++] = at(field, i);
            }
        }
        return Arrays.copyOf(values, count);
    }
}
