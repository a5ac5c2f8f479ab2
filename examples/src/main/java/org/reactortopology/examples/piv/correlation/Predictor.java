package org.reactortopology.examples.piv.correlation;

/**
 * The displacement that one pass hands to the next: its field, smoothed, and interpolated bilinearly between the window
 * centres; beyond the outermost centres it is continued without change. Holds a row buffer: one thread at a time.
 */
final class Predictor {

    private final Grid grid;
    private final int width;
    private final float[] u;
    private final float[] v;
    private final float[] rowU;
    private final float[] rowV;

    /** For each column of pixels the grid column to its left, and how far it is from there to the next, 0 to 1. */
    private final int[] left;

    private final float[] across;

    /** The displacement along one row of pixels, at the grid columns; the last one stands twice. */
    private final float[] gridU;

    private final float[] gridV;

    /**
     * Smooths a field.
     *
     * @param grid where the field was measured
     * @param field displacements with outliers replaced
     * @param width columns of the image in px
     */
    Predictor(Grid grid, VelocityField field, int width) {
        this.grid = grid;
        this.width = width;
        this.u = smooth(field.u(), grid.columns(), grid.rows());
        this.v = smooth(field.v(), grid.columns(), grid.rows());
        this.rowU = new float[width];
        this.rowV = new float[width];
        this.left = new int[width];
        this.across = new float[width];
        this.gridU = new float[grid.columns() + 1];
        this.gridV = new float[grid.columns() + 1];
        for (int x = 0; x < width; x++) {
            float position = gridPosition(x, grid.firstX(), grid.columns());
            left[x] = (int) position;
            across[x] = position - left[x];
        }
    }

    /** Displacement to the right in px along the row filled last, shape [width]. */
    float[] rowU() {
        return rowU;
    }

    /** Displacement downwards in px along the row filled last, shape [width]. */
    float[] rowV() {
        return rowV;
    }

    /** Fills {@link #rowU()} and {@link #rowV()} with the displacement along one row of pixels. */
    void fillRow(float y) {
        float position = gridPosition(y, grid.firstY(), grid.rows());
        int upper = (int) position;
        int lower = Math.min(upper + 1, grid.rows() - 1);
        float share = position - upper;
        blendRows(u, upper, lower, share, gridU);
        blendRows(v, upper, lower, share, gridV);
        for (int x = 0; x < width; x++) {
            int column = left[x];
            rowU[x] = gridU[column] + across[x] * (gridU[column + 1] - gridU[column]);
            rowV[x] = gridV[column] + across[x] * (gridV[column + 1] - gridV[column]);
        }
    }

    private void blendRows(float[] values, int upper, int lower, float share, float[] blended) {
        int upperRow = upper * grid.columns();
        int lowerRow = lower * grid.columns();
        for (int column = 0; column < grid.columns(); column++) {
            float above = values[upperRow + column];
            blended[column] = above + share * (values[lowerRow + column] - above);
        }
        blended[grid.columns()] = blended[grid.columns() - 1];
    }

    /** Displacement to the right at a point, px. */
    float u(float x, float y) {
        return at(u, x, y);
    }

    /** Displacement downwards at a point, px. */
    float v(float x, float y) {
        return at(v, x, y);
    }

    private float at(float[] values, float x, float y) {
        float down = gridPosition(y, grid.firstY(), grid.rows());
        float across = gridPosition(x, grid.firstX(), grid.columns());
        int upper = (int) down;
        int left = (int) across;
        int lower = Math.min(upper + 1, grid.rows() - 1);
        int right = Math.min(left + 1, grid.columns() - 1);
        return blend(values, upper, lower, down - upper, left, right, across - left);
    }

    private float gridPosition(float pixel, float first, int points) {
        return Math.max(0f, Math.min(points - 1f, (pixel - first) / grid.step()));
    }

    private float blend(float[] values, int upper, int lower, float down, int left, int right, float across) {
        int upperRow = upper * grid.columns();
        int lowerRow = lower * grid.columns();
        float a = values[upperRow + left] + down * (values[lowerRow + left] - values[upperRow + left]);
        float b = values[upperRow + right] + down * (values[lowerRow + right] - values[upperRow + right]);
        return a + across * (b - a);
    }

    /**
     * Least-squares fit of a second-order polynomial to the 3 x 3 values around each inner point, which keeps curvature
     * that a mean would flatten (F. F. J. Schrijer and F. Scarano, Exp. Fluids 45 (2008) 927). Points at the border stay.
     */
    private static float[] smooth(float[] values, int columns, int rows) {
        float[] smoothed = values.clone();
        for (int row = 1; row < rows - 1; row++) {
            for (int column = 1; column < columns - 1; column++) {
                int i = row * columns + column;
                float edges = values[i - 1] + values[i + 1] + values[i - columns] + values[i + columns];
                float corners = values[i - columns - 1]
                        + values[i - columns + 1]
                        + values[i + columns - 1]
                        + values[i + columns + 1];
                smoothed[i] = (5 * values[i] + 2 * edges - corners) / 9;
            }
        }
        return smoothed;
    }
}
