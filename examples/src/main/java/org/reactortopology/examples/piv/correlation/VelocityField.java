package org.reactortopology.examples.piv.correlation;

/**
 * The displacements of one image pair on a regular grid. It holds only primitives, so that it can cross a process
 * boundary; the arrays are shared, not copied, and must not be changed once the field is handed on.
 *
 * @param columns grid points from left to right, at least 1
 * @param rows grid points from top to bottom, at least 1
 * @param x window centres, px to the right of the centre of the top-left pixel, shape [columns]
 * @param y window centres, px below the centre of the top-left pixel, shape [rows]
 * @param u displacement to the right from the first to the second image, px, shape [rows*columns], row-major
 * @param v displacement downwards from the first to the second image, px, shape [rows*columns], row-major
 * @param signalToNoise highest over second highest correlation peak, 0 where not measured, shape [rows*columns]
 * @param flags 0 for a measured vector, else the sum of {@link #REPLACED}, {@link #LOW_SIGNAL} and
 *     {@link #NOT_MEASURED}, shape [rows*columns]
 */
public record VelocityField(
        int columns, int rows, float[] x, float[] y, float[] u, float[] v, float[] signalToNoise, byte[] flags) {

    /** Flag: an outlier by the normalised median test, replaced by the median of its neighbours. */
    public static final byte REPLACED = 1;

    /** Flag: the signal-to-noise ratio is below the least allowed; the vector is kept as measured. */
    public static final byte LOW_SIGNAL = 2;

    /** Flag: no contrast, or a peak at the border of the search; the vector is the median of its neighbours. */
    public static final byte NOT_MEASURED = 4;

    /**
     * Checks the shapes.
     *
     * @throws IllegalArgumentException if the grid is empty or an array is not as long as the grid asks
     */
    public VelocityField {
        if (columns < 1 || rows < 1) {
            throw new IllegalArgumentException(
                    "grid of " + columns + " x " + rows + " points is empty: columns and rows must be at least 1");
        }
        requireLength("x", x.length, columns);
        requireLength("y", y.length, rows);
        requireLength("u", u.length, columns * rows);
        requireLength("v", v.length, columns * rows);
        requireLength("signalToNoise", signalToNoise.length, columns * rows);
        requireLength("flags", flags.length, columns * rows);
    }

    private static void requireLength(String name, int seen, int needed) {
        if (seen != needed) {
            throw new IllegalArgumentException(
                    name + " holds " + seen + " values, the grid needs " + needed + "; give one value per grid point");
        }
    }
}
