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
            int row = (y + 1) * stride + 1;
            System.arraycopy(pixels, y * width, coefficients, row, width);
            filterRow(row);
        }
        filterColumns();
        for (int y = 1; y <= height; y++) {
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
        float sum = 0;
        float power = 1;
        for (int k = 0; k < Math.min(HORIZON, width); k++) {
            sum += power * c[row + k];
            power *= POLE;
        }
        float value = sum;
        c[row] = value;
        for (int k = 1; k < width; k++) {
            value = c[row + k] + POLE * value;
            c[row + k] = value;
        }
        int last = row + width - 1;
        value = POLE / (POLE * POLE - 1) * (c[last] + POLE * c[last - 1]);
        c[last] = 6 * value;
        for (int k = last - 1; k >= row; k--) {
            value = POLE * (value - c[k]);
            c[k] = 6 * value;
        }
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
