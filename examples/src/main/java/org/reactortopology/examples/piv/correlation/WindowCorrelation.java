package org.reactortopology.examples.piv.correlation;

import java.util.Arrays;
import org.jtransforms.fft.FloatFFT_2D;

/**
 * Correlates windows of one size by the fast Fourier transform (C. E. Willert and M. Gharib, Exp. Fluids 10 (1991)
 * 181). The windows are used without padding: their mean is taken off and their energy is set to 1. What wraps around
 * adds noise only, and little once a later pass works on images deformed by the result of the one before; that less of
 * the windows overlaps at larger shifts is for {@link CorrelationPeak} to correct.
 *
 * <p>Two windows of real numbers travel through one complex transform, forward as the two images of a pair, backward as
 * the two correlations of neighbouring windows: three transforms for two vectors.
 *
 * <p>Holds buffers: one thread at a time.
 */
final class WindowCorrelation {

    /** A window whose standard deviation is below this share of its mean has no contrast. */
    private static final double LEAST_CONTRAST = 1e-4;

    private final int window;
    private final int radius;
    private final FloatFFT_2D transform;
    private final float[][] spectra;

    /**
     * Makes the buffers.
     *
     * @param window side in px, even
     * @param radius largest shift in px that is read out, below half the window
     */
    WindowCorrelation(int window, int radius) {
        this.window = window;
        this.radius = radius;
        this.transform = new FloatFFT_2D(window, window);
        this.spectra = new float[2][2 * window * window];
    }

    /**
     * Loads one window of both images.
     *
     * @param slot 0 or 1
     * @param first pixels of the first image, row-major
     * @param second pixels of the second image, row-major
     * @param width columns of the images
     * @param start index of the top-left pixel of the window
     * @return whether both windows have contrast; if not, the slot is zero
     */
    boolean load(int slot, float[] first, float[] second, int width, int start) {
        float[] spectrum = spectra[slot];
        boolean contrast = normalise(first, width, start, spectrum, 0) && normalise(second, width, start, spectrum, 1);
        if (!contrast) {
            clear(slot);
        }
        return contrast;
    }

    /** Empties a slot that has no window. */
    void clear(int slot) {
        Arrays.fill(spectra[slot], 0f);
    }

    /** Correlates what both slots hold; the slots hold the correlations afterwards. */
    void correlate() {
        float[] data = spectra[0];
        transform.complexForward(data);
        transform.complexForward(spectra[1]);
        for (int row = 0; row <= window / 2; row++) {
            multiplyRow(data, spectra[1], row, (window - row) % window);
        }
        transform.complexInverse(data, true);
    }

    /**
     * Reads the correlation of one slot, for shifts of -radius to radius along both axes.
     *
     * @param slot 0 or 1
     * @param plane gets correlation coefficients, shape [(2*radius+1)^2], row-major, zero shift in the middle
     */
    void read(int slot, float[] plane) {
        float[] data = spectra[0];
        int side = 2 * radius + 1;
        for (int row = 0; row < side; row++) {
            int from = 2 * window * ((row - radius + window) % window) + slot;
            int to = row * side;
            for (int column = 0; column < radius; column++) {
                plane[to + column] = data[from + 2 * (column - radius + window)];
            }
            for (int column = radius; column < side; column++) {
                plane[to + column] = data[from + 2 * (column - radius)];
            }
        }
    }

    /** Writes a window without its mean and with energy 1 to every second place of target, from part on. */
    private boolean normalise(float[] pixels, int width, int start, float[] target, int part) {
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
        write(pixels, width, start, target, part, (float) mean, (float) (1 / Math.sqrt(energy)));
        return true;
    }

    private void write(float[] pixels, int width, int start, float[] target, int part, float mean, float factor) {
        for (int row = 0; row < window; row++) {
            int from = start + row * width;
            int to = 2 * row * window + part;
            for (int column = 0; column < window; column++) {
                target[to + 2 * column] = factor * (pixels[from + column] - mean);
            }
        }
    }

    /**
     * Replaces the spectra Z1, Z2 of two packed windows (a + ib) at one row and its mirror row by D = C1 + i C2, where C =
     * conj(A) B is the spectrum of the correlation: with Z(k) = x + iy and Z(-k) = p + iq it is C(k) = (xq + yp)/2 + i
     * (p^2 + q^2 - x^2 - y^2)/4, and C(-k) = conj(C(k)).
     */
    private void multiplyRow(float[] one, float[] two, int row, int mirrorRow) {
        int last = row == mirrorRow ? window / 2 : window - 1;
        for (int column = 0; column <= last; column++) {
            int k = 2 * (row * window + column);
            int m = 2 * (mirrorRow * window + (column == 0 ? 0 : window - column));
            float real1 = 0.5f * (one[k] * one[m + 1] + one[k + 1] * one[m]);
            float imag1 = 0.25f * (square(one, m) - square(one, k));
            float real2 = 0.5f * (two[k] * two[m + 1] + two[k + 1] * two[m]);
            float imag2 = 0.25f * (square(two, m) - square(two, k));
            one[k] = real1 - imag2;
            one[k + 1] = imag1 + real2;
            one[m] = real1 + imag2;
            one[m + 1] = real2 - imag1;
        }
    }

    private static float square(float[] spectrum, int k) {
        return spectrum[k] * spectrum[k] + spectrum[k + 1] * spectrum[k + 1];
    }
}
