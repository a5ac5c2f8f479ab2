package org.reactortopology.examples.piv.correlation;

import java.util.Arrays;

/**
 * Correlates windows of one size by the fast Fourier transform (C. E. Willert and M. Gharib, Exp. Fluids 10 (1991)
 * 181). The windows are used without padding: their mean is taken off and their energy is set to 1. What wraps around
 * adds noise only, and little once a later pass works on images deformed by the result of the one before; that less of
 * the windows overlaps at larger shifts is for {@link CorrelationPeak} to correct.
 *
 * <p>Two windows of real numbers travel through one complex transform, forward as the two images of a pair, backward as
 * the two correlations of neighbouring windows: three transforms for two vectors. Several windows are correlated at a time.
 *
 * <p>Holds buffers: one thread at a time.
 */
final class WindowCorrelation {

    /** A window whose standard deviation is below this share of its mean has no contrast. */
    private static final double LEAST_CONTRAST = 1e-4;

    /** Numbers in a row of all planes: enough to keep vector instructions busy, few enough for the nearest cache. */
    private static final int ROW = 128;

    private final int window;
    private final int radius;
    private final int planes;
    private final PlaneTransform transform;

    /** Shape [2][window][planes*window]: the windows of even slots, then of odd ones; of the first images, then of the second. */
    private final float[][][] re;

    private final float[][][] im;

    /**
     * Makes the buffers.
     *
     * @param window side in px, even
     * @param radius largest shift in px that is read out, below half the window
     */
    WindowCorrelation(int window, int radius) {
        this.window = window;
        this.radius = radius;
        this.planes = Math.max(1, ROW / window);
        this.transform = PlaneTransform.of(window);
        this.re = new float[2][window][planes * window];
        this.im = new float[2][window][planes * window];
    }

    /** How many windows are correlated at a time. */
    int slots() {
        return 2 * planes;
    }

    /**
     * Loads one window of both images.
     *
     * @param slot 0 to {@link #slots()} - 1
     * @param first pixels of the first image, row-major
     * @param second pixels of the second image, row-major
     * @param width columns of the images
     * @param start index of the top-left pixel of the window
     * @return whether both windows have contrast; if not, the slot is zero
     */
    boolean load(int slot, float[] first, float[] second, int width, int start) {
        int column = slot / 2 * window;
        boolean contrast = normalise(first, width, start, re[slot % 2], column)
                && normalise(second, width, start, im[slot % 2], column);
        if (!contrast) {
            clear(slot);
        }
        return contrast;
    }

    /** Empties a slot that has no window. */
    void clear(int slot) {
        int from = slot / 2 * window;
        for (int row = 0; row < window; row++) {
            Arrays.fill(re[slot % 2][row], from, from + window, 0f);
            Arrays.fill(im[slot % 2][row], from, from + window, 0f);
        }
    }

    /** Correlates what the slots hold; they hold the correlations afterwards. */
    void correlate() {
        transform.forward(re[0], im[0]);
        transform.forward(re[1], im[1]);
        for (int row = 0; row <= window / 2; row++) {
            int mirrorRow = (window - row) % window;
            for (int from = 0; from < planes * window; from += window) {
                multiplyRow(row, mirrorRow, from);
            }
        }
        transform.forward(im[0], re[0]); // the inverse
    }

    /**
     * Reads the correlation of one slot, for shifts of -radius to radius along both axes.
     *
     * @param slot 0 to {@link #slots()} - 1
     * @param plane gets correlation coefficients, shape [(2*radius+1)^2], row-major, zero shift in the middle
     */
    void read(int slot, float[] plane) {
        float[][] rows = slot % 2 == 0 ? re[0] : im[0];
        int from = slot / 2 * window;
        int side = 2 * radius + 1;
        for (int row = 0; row < side; row++) {
            float[] source = rows[(row - radius + window) % window];
            int to = row * side;
            System.arraycopy(source, from + window - radius, plane, to, radius);
            System.arraycopy(source, from, plane, to + radius, radius + 1);
        }
        float factor = 1f / (window * window);
        for (int i = 0; i < plane.length; i++) {
            plane[i] *= factor;
        }
    }

    /** Writes a window without its mean and with energy 1 into rows of target, from that column on. */
    private boolean normalise(float[] pixels, int width, int start, float[][] target, int to) {
        // Grey levels of up to 16 bit add up exactly in a double, so the difference of squares loses nothing. Even and
        // odd columns are added up apart: one sum would wait for itself at every pixel.
        double evenSum = 0;
        double oddSum = 0;
        double evenSquares = 0;
        double oddSquares = 0;
        for (int row = 0; row < window; row++) {
            int from = start + row * width;
            for (int column = 0; column < window; column += 2) {
                double even = pixels[from + column];
                double odd = pixels[from + column + 1];
                evenSum += even;
                oddSum += odd;
                evenSquares += even * even;
                oddSquares += odd * odd;
            }
        }
        int area = window * window;
        double mean = (evenSum + oddSum) / area;
        double energy = evenSquares + oddSquares - area * mean * mean;
        if (!(energy > area * LEAST_CONTRAST * LEAST_CONTRAST * mean * mean)) {
            return false;
        }
        write(pixels, width, start, target, to, (float) mean, (float) (1 / Math.sqrt(energy)));
        return true;
    }

    private void write(float[] pixels, int width, int start, float[][] target, int to, float mean, float factor) {
        for (int row = 0; row < window; row++) {
            int from = start + row * width;
            float[] line = target[row];
            for (int column = 0; column < window; column++) {
                line[to + column] = factor * (pixels[from + column] - mean);
            }
        }
    }

    /**
     * Replaces the spectra Z1, Z2 of two packed windows (a + ib) at one row and its mirror row by D = C1 + i C2, where C =
     * conj(A) B is the spectrum of the correlation: with Z(k) = x + iy and Z(-k) = p + iq it is C(k) = (xq + yp)/2 + i
     * (p^2 + q^2 - x^2 - y^2)/4, and C(-k) = conj(C(k)).
     */
    private void multiplyRow(int row, int mirrorRow, int from) {
        int last = row == mirrorRow ? window / 2 : window - 1;
        float[] x1 = re[0][row];
        float[] y1 = im[0][row];
        float[] p1 = re[0][mirrorRow];
        float[] q1 = im[0][mirrorRow];
        float[] x2 = re[1][row];
        float[] y2 = im[1][row];
        float[] p2 = re[1][mirrorRow];
        float[] q2 = im[1][mirrorRow];
        for (int column = 0; column <= last; column++) {
            int k = from + column;
            int m = from + (column == 0 ? 0 : window - column);
            float real1 = 0.5f * (x1[k] * q1[m] + y1[k] * p1[m]);
            float imag1 = 0.25f * (p1[m] * p1[m] + q1[m] * q1[m] - x1[k] * x1[k] - y1[k] * y1[k]);
            float real2 = 0.5f * (x2[k] * q2[m] + y2[k] * p2[m]);
            float imag2 = 0.25f * (p2[m] * p2[m] + q2[m] * q2[m] - x2[k] * x2[k] - y2[k] * y2[k]);
            x1[k] = real1 - imag2;
            y1[k] = imag1 + real2;
            p1[m] = real1 + imag2;
            q1[m] = real2 - imag1;
        }
    }
}
