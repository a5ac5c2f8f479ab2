package org.reactortopology.examples.piv.correlation;

/**
 * The discrete Fourier transform in two dimensions of square planes of complex numbers that lie side by side: row y of plane p is {@code re[y][p * side
 * ..]} and {@code im[y][p * side ..]}. Holds tables or buffers: one thread at a time.
 */
interface PlaneTransform {

    /**
     * Transforms all planes in place, forward and without a factor. Rows and columns of a spectrum may be swapped, always in the same way, so that a
     * second transform swaps them back. The arrays of rows may change places in {@code re} and {@code im}. The inverse, but for the factor 1/side^2, is the
     * same with {@code re} and {@code im} swapped.
     */
    void forward(float[][] re, float[][] im);

    /** The quickest for that side in px. */
    static PlaneTransform of(int side) {
        return Integer.bitCount(side) == 1 ? new RowwiseTransform(side) : new LibraryTransform(side);
    }
}
