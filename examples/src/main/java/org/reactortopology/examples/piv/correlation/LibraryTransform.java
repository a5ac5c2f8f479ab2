package org.reactortopology.examples.piv.correlation;

import org.jtransforms.fft.FloatFFT_2D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/** By JTransforms: for any side. */
final class LibraryTransform implements PlaneTransform {

    static {
        // The transforms are small and many pairs run side by side: threads inside a transform would only cost.
        ConcurrencyUtils.setNumberOfThreads(1);
    }

    private final int side;
    private final FloatFFT_2D transform;
    private final float[] plane;

    LibraryTransform(int side) {
        this.side = side;
        this.transform = new FloatFFT_2D(side, side);
        this.plane = new float[2 * side * side];
    }

    @Override
    public void forward(float[][] re, float[][] im) {
        for (int from = 0; from < re[0].length; from += side) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    plane[2 * (y * side + x)] = re[y][from + x];
                    plane[2 * (y * side + x) + 1] = im[y][from + x];
                }
            }
            transform.complexForward(plane);
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    re[y][from + x] = plane[2 * (y * side + x)];
                    im[y][from + x] = plane[2 * (y * side + x) + 1];
                }
            }
        }
    }
}
