package org.reactortopology.examples.piv.output;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;
import org.reactortopology.examples.piv.correlation.VelocityField;
import org.reactortopology.examples.piv.image.GreyImage;

/** Draws what lies behind the arrows. */
final class PlotBackground {

    private static final double DARK_PERCENT = 1;
    private static final double BRIGHT_PERCENT = 99.5;
    private static final int SAMPLES = 1 << 16;

    /** Grey level of the brightest particles: low, so that the arrows stand out. */
    private static final int BRIGHTEST = 124;

    private static final int NOTHING_MEASURED = 0xb8bcc4;

    private PlotBackground() {}

    /**
     * Draws an image, dimmed and stretched from its {@value #DARK_PERCENT}st to its {@value #BRIGHT_PERCENT}th percentile.
     *
     * @param graphics target
     * @param image image to draw; pixels that are not finite become black
     * @param layout where the plot lies
     */
    static void drawImage(Graphics2D graphics, GreyImage image, PictureLayout layout) {
        float[] sample = sortedSample(image.pixels());
        double dark = Magnitudes.percentile(sample, DARK_PERCENT);
        double bright = Magnitudes.percentile(sample, BRIGHT_PERCENT);
        double factor = bright > dark ? BRIGHTEST / (bright - dark) : 0;
        BufferedImage grey = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        int[] rgb = ((DataBufferInt) grey.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < rgb.length; i++) {
            double level = (image.pixels()[i] - dark) * factor;
            rgb[i] = 0x010101 * (int) Math.max(0, Math.min(BRIGHTEST, level));
        }
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(
                grey, PictureLayout.PLOT_X, PictureLayout.PLOT_Y, layout.plotWidth(), layout.plotHeight(), null);
    }

    /**
     * Draws the magnitudes as colours, interpolated between the grid points; grey where a neighbour is missing.
     *
     * @param picture target
     * @param field the vectors
     * @param scale the colours
     * @param layout where the plot lies
     */
    static void drawMagnitudes(BufferedImage picture, VelocityField field, ArrowScale scale, PictureLayout layout) {
        for (int py = 0; py < layout.plotHeight(); py++) {
            double row = gridPosition(py, layout.plotHeight(), field.rows());
            for (int px = 0; px < layout.plotWidth(); px++) {
                double magnitude = interpolate(field, gridPosition(px, layout.plotWidth(), field.columns()), row);
                int rgb = Double.isNaN(magnitude) ? NOTHING_MEASURED : ColourMap.rgb(scale.fraction(magnitude));
                picture.setRGB(PictureLayout.PLOT_X + px, PictureLayout.PLOT_Y + py, rgb);
            }
        }
    }

    private static double gridPosition(int pixel, int pixels, int points) {
        double position = (pixel + 0.5) * points / pixels - 0.5;
        return Math.max(0, Math.min(points - 1, position));
    }

    private static double interpolate(VelocityField field, double column, double row) {
        int left = (int) column;
        int upper = (int) row;
        int right = Math.min(left + 1, field.columns() - 1);
        int lower = Math.min(upper + 1, field.rows() - 1);
        double above = mix(magnitude(field, upper, left), magnitude(field, upper, right), column - left);
        double below = mix(magnitude(field, lower, left), magnitude(field, lower, right), column - left);
        return mix(above, below, row - upper);
    }

    private static double magnitude(VelocityField field, int row, int column) {
        int index = row * field.columns() + column;
        return VectorFlags.isMeasured(field, index) ? Magnitudes.at(field, index) : Double.NaN;
    }

    private static double mix(double first, double second, double weight) {
        return weight == 0 ? first : first + weight * (second - first);
    }

    private static float[] sortedSample(float[] pixels) {
        int step = Math.max(1, pixels.length / SAMPLES);
        float[] sample = new float[pixels.length / step + 1];
        int count = 0;
        for (int i = 0; i < pixels.length; i += step) {
            if (Float.isFinite(pixels[i])) {
                sample[count++] = pixels[i];
            }
        }
        float[] sorted = Arrays.copyOf(sample, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
