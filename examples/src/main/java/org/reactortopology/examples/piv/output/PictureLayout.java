package org.reactortopology.examples.piv.output;

import org.jspecify.annotations.Nullable;
import org.reactortopology.examples.piv.correlation.VelocityField;
import org.reactortopology.examples.piv.image.GreyImage;

/**
 * Where the parts of a picture go.
 *
 * @param left image coordinate of the left edge of the plot, in image px
 * @param top image coordinate of the upper edge of the plot, in image px
 * @param scale picture px per image px
 * @param plotWidth width of the plot in picture px
 * @param plotHeight height of the plot in picture px
 * @param spacing least distance of two drawn vectors in picture px
 * @param stride every how many-th vector of a row and of a column is drawn, 1 for all
 */
record PictureLayout(double left, double top, double scale, int plotWidth, int plotHeight, double spacing, int stride) {

    /** Left edge of the plot in picture px. */
    static final int PLOT_X = 62;

    /** Upper edge of the plot in picture px. */
    static final int PLOT_Y = 66;

    private static final int RIGHT_MARGIN = 124;
    private static final int BOTTOM_MARGIN = 66;

    private static final double WANTED_SPACING = 22;
    private static final double LEAST_SPACING = 9;
    private static final int LEAST_EDGE = 480;
    private static final int MOST_EDGE = 1200;
    private static final double MOST_SCALE = 3;
    private static final double DEFAULT_GRID_STEP = 16;

    /**
     * Lays out a picture so that neighbouring vectors lie about {@value #WANTED_SPACING} px apart while the longer edge
     * of the plot stays between {@value #LEAST_EDGE} and {@value #MOST_EDGE} px.
     *
     * @param background the image that the plot shows, or null for the part of the plane that the vectors cover
     * @param field the vectors
     */
    static PictureLayout of(@Nullable GreyImage background, VelocityField field) {
        double stepX = step(field.x());
        double stepY = step(field.y());
        double left = background == null ? field.x()[0] - stepX / 2 : -0.5;
        double top = background == null ? field.y()[0] - stepY / 2 : -0.5;
        double width = background == null ? field.columns() * stepX : background.width();
        double height = background == null ? field.rows() * stepY : background.height();
        double step = Math.min(stepX, stepY);
        double edge = Math.max(width, height);
        double scale = Math.min(WANTED_SPACING / step, MOST_SCALE);
        scale = Math.min(Math.max(scale, LEAST_EDGE / edge), MOST_EDGE / edge);
        int stride = (int) Math.max(1, Math.ceil(LEAST_SPACING / (step * scale)));
        return new PictureLayout(
                left,
                top,
                scale,
                (int) Math.max(1, Math.round(width * scale)),
                (int) Math.max(1, Math.round(height * scale)),
                step * scale * stride,
                stride);
    }

    /** Width of the whole picture in px. */
    int width() {
        return PLOT_X + plotWidth + RIGHT_MARGIN;
    }

    /** Height of the whole picture in px. */
    int height() {
        return PLOT_Y + plotHeight + BOTTOM_MARGIN;
    }

    /** Picture coordinate of an image coordinate, rightwards. */
    double toPictureX(double x) {
        return PLOT_X + (x - left) * scale;
    }

    /** Picture coordinate of an image coordinate, downwards. */
    double toPictureY(double y) {
        return PLOT_Y + (y - top) * scale;
    }

    private static double step(float[] centres) {
        return centres.length > 1 ? Math.abs(centres[1] - centres[0]) : DEFAULT_GRID_STEP;
    }
}
