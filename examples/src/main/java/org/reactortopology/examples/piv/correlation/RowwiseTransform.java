package org.reactortopology.examples.piv.correlation;

/**
 * For sides that are powers of two: decimation in frequency (W. M. Gentleman and G. Sande, AFIPS Proc. 29 (1966) 563) along the columns, by four where the
 * side allows it, where each butterfly takes whole rows, so that its loop runs over neighbouring numbers of arrays of their own, which the compiler turns into vector instructions.
 * Then the planes are transposed, and the same is done again.
 */
final class RowwiseTransform implements PlaneTransform {

    private final int side;

    /** cos and -sin of 2 pi k / side, for k below the side. */
    private final float[] cosines;

    private final float[] sines;
    private final float[][] ordered;

    RowwiseTransform(int side) {
        this.side = side;
        this.cosines = new float[side];
        this.sines = new float[side];
        this.ordered = new float[side][];
        for (int k = 0; k < side; k++) {
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
        int span = side;
        for (; span >= 4; span /= 4) {
            for (int k = 0; k < span / 4; k++) {
                for (int row = k; row < side; row += span) {
                    if (k == 0) {
                        plain(re, im, row, span / 4);
                    } else {
                        turned(re, im, row, span / 4, k * (side / span));
                    }
                }
            }
        }
        for (int row = 0; span == 2 && row < side; row += 2) {
            sumAndDifference(re[row], re[row + 1]);
            sumAndDifference(im[row], im[row + 1]);
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

    // In both: all is read before anything is written, otherwise no vector instructions come of it. What belongs to
    // twice
    // the frequency goes to the second row, as two steps of two would have it, so that the order is that of reversed
    // bits.

    private static void plain(float[][] re, float[][] im, int row, int quarter) {
        float[] re0 = re[row];
        float[] im0 = im[row];
        float[] re1 = re[row + quarter];
        float[] im1 = im[row + quarter];
        float[] re2 = re[row + 2 * quarter];
        float[] im2 = im[row + 2 * quarter];
        float[] re3 = re[row + 3 * quarter];
        float[] im3 = im[row + 3 * quarter];
        for (int i = 0; i < re0.length; i++) {
            float sumRe02 = re0[i] + re2[i];
            float sumIm02 = im0[i] + im2[i];
            float differenceRe02 = re0[i] - re2[i];
            float differenceIm02 = im0[i] - im2[i];
            float sumRe13 = re1[i] + re3[i];
            float sumIm13 = im1[i] + im3[i];
            float differenceRe13 = re1[i] - re3[i];
            float differenceIm13 = im1[i] - im3[i];
            re0[i] = sumRe02 + sumRe13;
            im0[i] = sumIm02 + sumIm13;
            re1[i] = sumRe02 - sumRe13;
            im1[i] = sumIm02 - sumIm13;
            re2[i] = differenceRe02 + differenceIm13;
            im2[i] = differenceIm02 - differenceRe13;
            re3[i] = differenceRe02 - differenceIm13;
            im3[i] = differenceIm02 + differenceRe13;
        }
    }

    private void turned(float[][] re, float[][] im, int row, int quarter, int angle) {
        float[] re0 = re[row];
        float[] im0 = im[row];
        float[] re1 = re[row + quarter];
        float[] im1 = im[row + quarter];
        float[] re2 = re[row + 2 * quarter];
        float[] im2 = im[row + 2 * quarter];
        float[] re3 = re[row + 3 * quarter];
        float[] im3 = im[row + 3 * quarter];
        float cosine1 = cosines[angle];
        float sine1 = sines[angle];
        float cosine2 = cosines[2 * angle];
        float sine2 = sines[2 * angle];
        float cosine3 = cosines[3 * angle];
        float sine3 = sines[3 * angle];
        for (int i = 0; i < re0.length; i++) {
            float sumRe02 = re0[i] + re2[i];
            float sumIm02 = im0[i] + im2[i];
            float differenceRe02 = re0[i] - re2[i];
            float differenceIm02 = im0[i] - im2[i];
            float sumRe13 = re1[i] + re3[i];
            float sumIm13 = im1[i] + im3[i];
            float differenceRe13 = re1[i] - re3[i];
            float differenceIm13 = im1[i] - im3[i];
            float x1 = differenceRe02 + differenceIm13;
            float y1 = differenceIm02 - differenceRe13;
            float x2 = sumRe02 - sumRe13;
            float y2 = sumIm02 - sumIm13;
            float x3 = differenceRe02 - differenceIm13;
            float y3 = differenceIm02 + differenceRe13;
            re0[i] = sumRe02 + sumRe13;
            im0[i] = sumIm02 + sumIm13;
            re1[i] = x2 * cosine2 - y2 * sine2;
            im1[i] = x2 * sine2 + y2 * cosine2;
            re2[i] = x1 * cosine1 - y1 * sine1;
            im2[i] = x1 * sine1 + y1 * cosine1;
            re3[i] = x3 * cosine3 - y3 * sine3;
            im3[i] = x3 * sine3 + y3 * cosine3;
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
