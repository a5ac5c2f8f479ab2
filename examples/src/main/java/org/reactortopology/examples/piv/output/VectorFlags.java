package org.reactortopology.examples.piv.output;

import org.reactortopology.examples.piv.correlation.VelocityField;

/** Reads the flag bits of a {@link VelocityField}. */
final class VectorFlags {

    private VectorFlags() {}

    /** Whether any flag is set at the row-major position {@code index}. */
    static boolean isFlagged(VelocityField field, int index) {
        return field.flags()[index] != 0;
    }

    /** Whether the vector at the row-major position {@code index} was measured, or replaced, and is finite. */
    static boolean isMeasured(VelocityField field, int index) {
        return (field.flags()[index] & VelocityField.NOT_MEASURED) == 0
                && Float.isFinite(field.u()[index])
                && Float.isFinite(field.v()[index]);
    }

    /** The number of vectors with any flag set. */
    static int countFlagged(VelocityField field) {
        int count = 0;
        for (byte flag : field.flags()) {
            if (flag != 0) {
                count++;
            }
        }
        return count;
    }
}
