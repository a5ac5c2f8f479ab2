package org.reactortopology.examples.piv.image;

/** Adds Gaussian particles, integrated over each pixel, to an image. Not for use by several threads. */
final class ParticleSpot {

    /** Half side of the drawn square in standard deviations: beyond it less than 1e-4 of the peak is left. */
    private static final double REACH = 4.5;

    private final int width;
    private final int height;
    private final double sigma;
    private final int side;
    private final float[] columnShare;
    private final float[] rowShare;

    ParticleSpot(int width, int height, double diameter) {
        this.width = width;
        this.height = height;
        this.sigma = diameter / 4;
        this.side = 2 * (int) Math.ceil(REACH * sigma) + 1;
        this.columnShare = new float[side];
        this.rowShare = new float[side];
    }

    /** Adds a particle centred at (x, y) px whose intensity, were it not integrated over pixels, would peak at peak. */
    void add(float[] pixels, double x, double y, double peak) {
        int left = (int) Math.round(x) - side / 2;
        int top = (int) Math.round(y) - side / 2;
        if (left + side <= 0 || top + side <= 0 || left >= width || top >= height) {
            return;
        }
        integrate(columnShare, left - x);
        integrate(rowShare, top - y);
        int lastColumn = Math.min(side, width - left);
        int lastRow = Math.min(side, height - top);
        for (int row = Math.max(0, -top); row < lastRow; row++) {
            float rowPeak = (float) peak * rowShare[row];
            int offset = (top + row) * width + left;
            for (int column = Math.max(0, -left); column < lastColumn; column++) {
                pixels[offset + column] += rowPeak * columnShare[column];
            }
        }
    }

    /** Integrals of exp(-t^2 / (2 sigma^2)) over the pixels centred at t = start, start + 1, ... */
    private void integrate(float[] shares, double start) {
        double scale = sigma * Math.sqrt(Math.PI / 2);
        double lower = ErrorFunction.erf((start - 0.5) / (sigma * Math.sqrt(2)));
        for (int i = 0; i < side; i++) {
            double upper = ErrorFunction.erf((start + i + 0.5) / (sigma * Math.sqrt(2)));
            shares[i] = (float) (scale * (upper - lower));
            lower = upper;
        }
    }
}
