package org.reactortopology.examples.piv.output;

/**
 * Paints single arrows and marks, centred on a point. A pixel takes as much of a colour as its distance from the outline says, which smooths edges as an
 * average over the pixel would: one short loop for each kind of shape, and nothing of AWT, which takes a worker longer to load and to compile than to use.
 */
final class ArrowPainter {

    /** Colour of flagged vectors, 0xRRGGBB; not in {@link ColourMap}. */
    static final int FLAGGED = 0xff3d7f;

    private static final int HALO = 0x000000;
    private static final float HALO_OPACITY = 2f / 3;

    /** How far the halo reaches beyond the outline, px. */
    private static final float HALO_REACH = 0.8f;

    private final Canvas canvas;
    private final int left;
    private final int top;
    private final int right;
    private final int bottom;
    private final double shaft;
    private final double head;
    private final double thin;

    /**
     * Chooses widths that suit the distance of two vectors, and paints on the whole canvas.
     *
     * @param spacing distance of two drawn vectors in picture px
     */
    ArrowPainter(Canvas canvas, double spacing) {
        this(canvas, spacing, 0, 0, canvas.width(), canvas.height());
    }

    private ArrowPainter(Canvas canvas, double spacing, int left, int top, int right, int bottom) {
        this.canvas = canvas;
        this.left = left;
        this.top = top;
        this.right = right;
        this.bottom = bottom;
        shaft = Math.max(1.3, 0.09 * spacing);
        head = Math.max(3.5, 0.34 * spacing);
        thin = Math.max(1.1, 0.06 * spacing);
    }

    /** For the vectors of a plot: paints nothing outside it. */
    static ArrowPainter within(PictureLayout layout, Canvas canvas) {
        int right = PictureLayout.PLOT_X + layout.plotWidth();
        int bottom = PictureLayout.PLOT_Y + layout.plotHeight();
        return new ArrowPainter(canvas, layout.spacing(), PictureLayout.PLOT_X, PictureLayout.PLOT_Y, right, bottom);
    }

    /** Paints a filled arrow of the given length vector around (x, y), all in picture px; a dot if it is very short. */
    void drawFilled(double x, double y, double dx, double dy, int rgb, boolean withHalo) {
        double length = Math.sqrt(dx * dx + dy * dy);
        float halo = withHalo ? HALO_OPACITY : 0;
        if (length < shaft) {
            paint(new Strokes(0.7 * shaft).add(x, y, x, y), rgb, halo);
        } else {
            paint(new Arrow(x, y, dx / length, dy / length, length, shaft, head), rgb, halo);
        }
    }

    /** Paints a thin arrow with an open head, in the colour of flagged vectors. */
    void drawFlagged(double x, double y, double dx, double dy) {
        double length = Math.sqrt(dx * dx + dy * dy);
        if (length < shaft) {
            drawFilled(x, y, 0, 0, FLAGGED, true);
            return;
        }
        double barb = Math.min(head, 0.7 * length);
        double ux = dx / length;
        double uy = dy / length;
        double tipX = x + dx / 2;
        double tipY = y + dy / 2;
        Strokes strokes = new Strokes(thin / 2)
                .add(x - dx / 2, y - dy / 2, tipX, tipY)
                .add(tipX, tipY, tipX - barb * (ux + 0.6 * uy), tipY - barb * (uy - 0.6 * ux))
                .add(tipX, tipY, tipX - barb * (ux - 0.6 * uy), tipY - barb * (uy + 0.6 * ux));
        paint(strokes, FLAGGED, HALO_OPACITY);
    }

    /** Paints the cross that stands for a vector that was not measured. */
    void drawNotMeasured(double x, double y) {
        double arm = 0.45 * head;
        Strokes strokes =
                new Strokes(thin / 2).add(x - arm, y - arm, x + arm, y + arm).add(x - arm, y + arm, x + arm, y - arm);
        paint(strokes, FLAGGED, HALO_OPACITY);
    }

    private void paint(Arrow arrow, int rgb, float halo) {
        int columns = end(arrow.maxX(), right);
        int rows = end(arrow.maxY(), bottom);
        for (int row = begin(arrow.minY(), top); row < rows; row++) {
            for (int column = begin(arrow.minX(), left); column < columns; column++) {
                paint(column, row, arrow.distance(column + 0.5f, row + 0.5f), rgb, halo);
            }
        }
    }

    private void paint(Strokes strokes, int rgb, float halo) {
        int columns = end(strokes.maxX(), right);
        int rows = end(strokes.maxY(), bottom);
        for (int row = begin(strokes.minY(), top); row < rows; row++) {
            for (int column = begin(strokes.minX(), left); column < columns; column++) {
                paint(column, row, strokes.distance(column + 0.5f, row + 0.5f), rgb, halo);
            }
        }
    }

    private void paint(int column, int row, float distance, int rgb, float halo) {
        if (distance < HALO_REACH + 0.5f) {
            if (halo > 0) {
                canvas.mix(column, row, HALO, halo * Math.min(1, HALO_REACH + 0.5f - distance));
            }
            if (distance < 0.5f) {
                canvas.mix(column, row, rgb, Math.min(1, 0.5f - distance));
            }
        }
    }

    private static int begin(double least, int edge) {
        return Math.max(edge, (int) Math.floor(least - HALO_REACH - 0.5));
    }

    private static int end(double most, int edge) {
        return Math.min(edge, (int) Math.ceil(most + HALO_REACH + 0.5));
    }
}
