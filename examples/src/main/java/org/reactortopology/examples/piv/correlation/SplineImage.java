package org.reactortopology.examples.piv.correlation;

/**
 * An image as a surface of cubic B-splines, which passes through every grey level (M. Unser, IEEE Signal Processing
 * Magazine 16 (1999) 22), and its deformation by half a predicted displacement. Cubic splines keep small particles where
 * bilinear interpolation would blur them (T. Astarita and G. Cardone, Exp. Fluids 38 (2005) 233). Beyond its border the
 * image is continued by its border pixels.
 *
 * <p>Holds buffers: one thread at a time.
 */
final class SplineImage {

    /** Pole of the filter that turns grey levels into spline coefficients. */
    private static final float POLE = (float) (Math.sqrt(3) - 2);

    /** Pixels after which the pole has fallen below float precision. */
    private static final int HORIZON = 14;

    /** Rows that are filtered at once. */
    private static final int ROWS = 4;

    private final int width;
    private final int height;
    private final int stride;

    /** Coefficients with one mirrored row and column before and two after the image. */
    private final float[] coefficients;

    SplineImage(int width, int height) {
        this.width = width;
        this.height = height;
        this.stride = width + 3;
        this.coefficients = new float[stride * (height + 3)];
    }

    /** Takes the image over; pixels has shape [height*width]. */
    void load(float[] pixels) {
        for (int y = 0; y < height; y++) {
            System.arraycopy(pixels, y * width, coefficients, (y + 1) * stride + 1, width);
        }
        int y = 0;
        for (; y + ROWS <= height; y += ROWS) {
            filterRows((y + 1) * stride + 1);
        }
        for (; y < height; y++) {
            filterRow((y + 1) * stride + 1);
        }
        filterColumns();
        for (y = 1; y <= height; y++) {
            int row = y * stride;
            coefficients[row] = coefficients[row + 2];
            coefficients[row + width + 1] = coefficients[row + width - 1];
            coefficients[row + width + 2] = coefficients[row + width - 2];
        }
        copyRow(2, 0);
        copyRow(height - 1, height + 1);
        copyRow(height - 2, height + 2);
    }

    /**
     * Samples the image at every pixel moved by a share of the predicted displacement.
     *
     * @param predictor the displacement at every pixel
     * @param share -0.5 for the first, 0.5 for the second image of a pair
     * @param out gets the grey levels, shape [height*width]
     */
    void deform(Predictor predictor, float share, float[] out) {
        for (int y = 0; y < height; y++) {
            predictor.fillRow(y);
            deformRow(predictor, share, y, out);
        }
    }

    /** The same for one row, along which the predictor has been filled. */
    void deformRow(Predictor predictor, float share, int y, float[] out) {
        float[] u = predictor.rowU();
        float[] v = predictor.rowV();
        int row = y * width;
        for (int x = 0; x < width; x++) {
            out[row + x] = at(limit(x + share * u[x], width - 1), limit(y + share * v[x], height - 1));
        }
    }

    private static float limit(float value, float most) {
        return value < 0 ? 0 : value > most ? most : value;
    }

    /** Grey level at a point within the image. */
    private float at(float x, float y) {
        int column = (int) x;
        int row = (int) y;
        float t = x - column;
        float s = 1 - t;
        float left = s * s * s * (1f / 6);
        float right = t * t * t * (1f / 6);
        float middleLeft = 2f / 3 - t * t * (1 - 0.5f * t);
        float middleRight = 1 - left - right - middleLeft;
        float[] c = coefficients;
        int i = row * stride + column;
        float line0 = left * c[i] + middleLeft * c[i + 1] + middleRight * c[i + 2] + right * c[i + 3];
        i += stride;
        float line1 = left * c[i] + middleLeft * c[i + 1] + middleRight * c[i + 2] + right * c[i + 3];
        i += stride;
        float line2 = left * c[i] + middleLeft * c[i + 1] + middleRight * c[i + 2] + right * c[i + 3];
        i += stride;
        float line3 = left * c[i] + middleLeft * c[i + 1] + middleRight * c[i + 2] + right * c[i + 3];
        t = y - row;
        s = 1 - t;
        float top = s * s * s * (1f / 6);
        float bottom = t * t * t * (1f / 6);
        float middleTop = 2f / 3 - t * t * (1 - 0.5f * t);
        return top * line0 + middleTop * line1 + (1 - top - bottom - middleTop) * line2 + bottom * line3;
    }

    /** Recursive filter along one row, causal then anti-causal, mirrored at both ends. */
    private void filterRow(int row) {
        float[] c = coefficients;
        float value = begin(row);
        c[row] = value;
        for (int k = row + 1; k < row + width; k++) {
            value = c[k] + POLE * value;
            c[k] = value;
        }
        value = turn(row);
        c[row + width - 1] = 6 * value;
        for (int k = row + width - 2; k >= row; k--) {
            value = POLE * (value - c[k]);
            c[k] = 6 * value;
        }
    }

    /** The same along {@link #ROWS} rows at once: in one, each step would wait for the one before it. */
    private void filterRows(int row) {
        float[] c = coefficients;
        int row1 = row + stride;
        int row2 = row1 + stride;
        int row3 = row2 + stride;
        float value0 = begin(row);
        float value1 = begin(row1);
        float value2 = begin(row2);
        float value3 = begin(row3);
        c[row] = value0;
        c[row1] = value1;
        c[row2] = value2;
        c[row3] = value3;
        for (int k = 1; k < width; k++) {
            value0 = c[row + k] + POLE * value0;
            value1 = c[row1 + k] + POLE * value1;
            value2 = c[row2 + k] + POLE * value2;
            value3 = c[row3 + k] + POLE * value3;
            c[row + k] = value0;
            c[row1 + k] = value1;
            c[row2 + k] = value2;
            c[row3 + k] = value3;
        }
        int last = width - 1;
        value0 = turn(row);
        value1 = turn(row1);
        value2 = turn(row2);
        value3 = turn(row3);
        c[row + last] = 6 * value0;
        c[row1 + last] = 6 * value1;
        c[row2 + last] = 6 * value2;
        c[row3 + last] = 6 * value3;
        for (int k = last - 1; k >= 0; k--) {
            value0 = POLE * (value0 - c[row + k]);
            value1 = POLE * (value1 - c[row1 + k]);
            value2 = POLE * (value2 - c[row2 + k]);
            value3 = POLE * (value3 - c[row3 + k]);
            c[row + k] = 6 * value0;
            c[row1 + k] = 6 * value1;
            c[row2 + k] = 6 * value2;
            c[row3 + k] = 6 * value3;
        }
    }

    /** Value before the first of a row. */
    private float begin(int row) {
        float sum = 0;
        float power = 1;
        for (int k = 0; k < Math.min(HORIZON, width); k++) {
            sum += power * coefficients[row + k];
            power *= POLE;
        }
        return sum;
    }

    /** Value at the last of a row, where the filter turns back. */
    private float turn(int row) {
        int last = row + width - 1;
        return POLE / (POLE * POLE - 1) * (coefficients[last] + POLE * coefficients[last - 1]);
    }

    /** The same filter along all columns at once, row by row. */
    private void filterColumns() {
        float[] c = coefficients;
        int first = stride + 1;
        float power = POLE;
        for (int k = 1; k < Math.min(HORIZON, height); k++) {
            addRow(first, first + k * stride, power);
            power *= POLE;
        }
        for (int y = 1; y < height; y++) {
            addRow(first + y * stride, first + (y - 1) * stride, POLE);
        }
        int last = first + (height - 1) * stride;
        addRow(last, last - stride, POLE);
        float factor = POLE / (POLE * POLE - 1);
        for (int x = 0; x < width; x++) {
            c[last + x] *= factor;
        }
        for (int y = height - 2; y >= 0; y--) {
            int row = first + y * stride;
            for (int x = 0; x < width; x++) {
                c[row + x] = POLE * (c[row + stride + x] - c[row + x]);
            }
        }
        for (int i = 0; i < c.length; i++) {
            c[i] *= 6;
        }
    }

    private void addRow(int to, int from, float factor) {
        float[] c = coefficients;
        for (int x = 0; x < width; x++) {
            c[to + x] += factor * c[from + x];
        }
    }

    private void copyRow(int from, int to) {
        System.arraycopy(coefficients, from * stride, coefficients, to * stride, stride);
    }
}
