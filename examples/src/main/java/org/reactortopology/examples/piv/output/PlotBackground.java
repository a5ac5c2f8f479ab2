package org.reactortopology.examples.piv.output;

import java.util.Arrays;
import org.reactortopology.examples.piv.correlation.VelocityField;
import org.reactortopology.examples.piv.image.GreyImage;

/** Draws what lies behind the arrows. */
final class PlotBackground {

    private static final double DARK_PERCENT = 1;
    private static final double BRIGHT_PERCENT = 99.5;
    private static final int SAMPLES = 1 << 13;

    /** Grey level of the brightest particles: low, so that the arrows stand out. */
    private static final int BRIGHTEST = 124;

    /** Steps of four grey levels, which nobody can see at that brightness, and which are compressed quicker and to less. */
    private static final int GREYS = ~3;

    private static final int NOTHING_MEASURED = 0xb8bcc4;

    private PlotBackground() {}

    /**
     * Draws an image, dimmed and stretched from its {@value #DARK_PERCENT}st to its {@value #BRIGHT_PERCENT}th percentile.
     *
     * @param picture target
     * @param image image to draw; pixels that are not finite become black
     * @param layout where the plot lies
     */
    static void drawImage(Canvas picture, GreyImage image, PictureLayout layout) {
        float[] grey = stretched(image);
        int[] rgb = picture.pixels();
        int[] left = new int[layout.plotWidth()];
        float[] across = new float[layout.plotWidth()];
        for (int px = 0; px < left.length; px++) {
            double column = gridPosition(px, left.length, image.width());
            left[px] = (int) Math.min(column, Math.max(0, image.width() - 2));
            across[px] = (float) (column - left[px]);
        }
        float[] line = new float[image.width() + 1];
        for (int py = 0; py < layout.plotHeight(); py++) {
            blend(grey, image, gridPosition(py, layout.plotHeight(), image.height()), line);
            int to = (PictureLayout.PLOT_Y + py) * picture.width() + PictureLayout.PLOT_X;
            for (int px = 0; px < left.length; px++) {
                float level = line[left[px]];
                level += across[px] * (line[left[px] + 1] - level);
                rgb[to + px] = 0x010101 * (((int) level) & GREYS);
            }
        }
    }

    /** Levels from 0 to {@link #BRIGHTEST}. */
    private static float[] stretched(GreyImage image) {
        float[] sample = sampleOf(image.pixels());
        float dark = Magnitudes.percentile(sample, DARK_PERCENT);
        double bright = Magnitudes.percentile(sample, BRIGHT_PERCENT);
        float factor = bright > dark ? (float) (BRIGHTEST / (bright - dark)) : 0;
        float[] grey = new float[image.pixels().length];
        for (int i = 0; i < grey.length; i++) {
            float level = (image.pixels()[i] - dark) * factor;
            grey[i] = level > 0 ? Math.min(BRIGHTEST, level) : 0; // also where it is not a number
        }
        return grey;
    }

    /** One line of the image between two rows of its pixels. */
    private static void blend(float[] grey, GreyImage image, double row, float[] line) {
        int above = (int) row;
        int upper = above * image.width();
        int lower = Math.min(above + 1, image.height() - 1) * image.width();
        float share = (float) (row - above);
        for (int x = 0; x < image.width(); x++) {
            line[x] = grey[upper + x] + share * (grey[lower + x] - grey[upper + x]);
        }
        line[image.width()] = line[image.width() - 1];
    }

    /**
     * Draws the magnitudes as colours, interpolated between the grid points; grey where a neighbour is missing.
     *
     * @param picture target
     * @param field the vectors
     * @param scale the colours
     * @param layout where the plot lies
     */
    static void drawMagnitudes(Canvas picture, VelocityField field, ArrowScale scale, PictureLayout layout) {
        double[] magnitudes = new double[field.u().length];
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = VectorFlags.isMeasured(field, i) ? Magnitudes.at(field, i) : Double.NaN;
        }
        for (int py = 0; py < layout.plotHeight(); py++) {
            double row = gridPosition(py, layout.plotHeight(), field.rows());
            for (int px = 0; px < layout.plotWidth(); px++) {
                double magnitude =
                        interpolate(magnitudes, field, gridPosition(px, layout.plotWidth(), field.columns()), row);
                int rgb = Double.isNaN(magnitude) ? NOTHING_MEASURED : ColourMap.rgb(scale.fraction(magnitude));
                picture.fill(PictureLayout.PLOT_X + px, PictureLayout.PLOT_Y + py, 1, 1, rgb);
            }
        }
    }

    private static double gridPosition(int pixel, int pixels, int points) {
        double position = (pixel + 0.5) * points / pixels - 0.5;
        return Math.max(0, Math.min(points - 1, position));
    }

    private static double interpolate(double[] magnitudes, VelocityField field, double column, double row) {
        int left = (int) column;
        int right = Math.min(left + 1, field.columns() - 1);
        int upper = ((int) row) * field.columns();
        int lower = Math.min(((int) row) + 1, field.rows() - 1) * field.columns();
        double above = mix(magnitudes[upper + left], magnitudes[upper + right], column - left);
        double below = mix(magnitudes[lower + left], magnitudes[lower + right], column - left);
        return mix(above, below, row - (int) row);
    }

    private static double mix(double first, double second, double weight) {
        return weight == 0 ? first : first + weight * (second - first);
    }

    private static float[] sampleOf(float[] pixels) {
        int step = Math.max(1, pixels.length / SAMPLES);
        float[] sample = new float[pixels.length / step + 1];
        int count = 0;
        for (int i = 0; i < pixels.length; i += step) {
            if (Float.isFinite(pixels[i])) {
                sample[count++] = pixels[i];
            }
        }
        return Arrays.copyOf(sample, count);
    }
}
