package org.reactortopology.examples.piv.correlation;

/**
 * For sides that are powers of two: decimation in frequency (W. M. Gentleman and G. Sande, AFIPS Proc. 29 (1966) 563) along the columns, where each
 * butterfly takes whole rows, so that its loop runs over neighbouring numbers of arrays of their own, which the compiler turns into vector instructions.
 * Then the planes are transposed, and the same is done again.
 */
final class RowwiseTransform implements PlaneTransform {

    private final int side;

    /** cos and -sin of 2 pi k / side, for k below half the side. */
    private final float[] cosines;

    private final float[] sines;
    private final float[][] ordered;

    RowwiseTransform(int side) {
        this.side = side;
        this.cosines = new float[side / 2];
        this.sines = new float[side / 2];
        this.ordered = new float[side][];
        for (int k = 0; k < side / 2; k++) {
            cosines[k] = (float) StrictMath.cos(2 * Math.PI * k / side);
            sines[k] = (float) -StrictMath.sin(2 * Math.PI * k / side);
        }
    }

    @Override
    public void forward(float[][] re, float[][] im) {
        columns(re, im);
        transpose(re);
        transpose(im);
        columns(re, im);
    }

    private void columns(float[][] re, float[][] im) {
        for (int span = side; span > 1; span /= 2) {
            int half = span / 2;
            for (int k = 0; k < half; k++) {
                float cosine = cosines[k * (side / span)];
                float sine = sines[k * (side / span)];
                for (int row = k; row < side; row += span) {
                    if (k == 0) {
                        sumAndDifference(re[row], re[row + half]);
                        sumAndDifference(im[row], im[row + half]);
                    } else {
                        butterfly(re[row], im[row], re[row + half], im[row + half], cosine, sine);
                    }
                }
            }
        }
        order(re);
        order(im);
    }

    private static void sumAndDifference(float[] a, float[] b) {
        for (int i = 0; i < a.length; i++) {
            float above = a[i];
            float below = b[i];
            a[i] = above + below;
            b[i] = above - below;
        }
    }

    private static void butterfly(float[] reA, float[] imA, float[] reB, float[] imB, float cosine, float sine) {
        for (int i = 0; i < reA.length; i++) {
            // all is read before anything is written: otherwise no vector instructions come of it
            float aboveRe = reA[i];
            float belowRe = reB[i];
            float aboveIm = imA[i];
            float belowIm = imB[i];
            float re = aboveRe - belowRe;
            float im = aboveIm - belowIm;
            reA[i] = aboveRe + belowRe;
            imA[i] = aboveIm + belowIm;
            reB[i] = re * cosine - im * sine;
            imB[i] = re * sine + im * cosine;
        }
    }

    /** The spectrum comes out with the bits of its indices reversed: the rows change places, no number is moved. */
    private void order(float[][] rows) {
        int shift = Integer.numberOfLeadingZeros(side) + 1;
        for (int row = 0; row < side; row++) {
            ordered[Integer.reverse(row) >>> shift] = rows[row];
        }
        System.arraycopy(ordered, 0, rows, 0, side);
    }

    private void transpose(float[][] rows) {
        for (int y = 1; y < side; y++) {
            float[] row = rows[y];
            for (int from = 0; from < row.length; from += side) {
                for (int x = 0; x < y; x++) {
                    float[] other = rows[x];
                    float value = row[from + x];
                    row[from + x] = other[from + y];
                    other[from + y] = value;
                }
            }
        }
    }
}
