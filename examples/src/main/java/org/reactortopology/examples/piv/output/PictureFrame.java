package org.reactortopology.examples.piv.output;

/** Draws what surrounds the plot: title, axes, colour bar and legend. */
final class PictureFrame {

    /** Colour of the margins, 0xRRGGBB. */
    static final int PAPER = 0xfcfcfd;

    private static final int INK = 0x1c2128;
    private static final int FAINT_INK = 0x5b6470;
    private static final int TITLE_SCALE = 2;
    private static final int LABEL_SCALE = 2;
    private static final int GAP = 8;
    private static final int TICK = 5;
    private static final int BAR_OFFSET = 26;
    private static final int BAR_WIDTH = 18;

    private final Canvas picture;
    private final PictureLayout layout;
    private final int right;
    private final int bottom;

    PictureFrame(Canvas picture, PictureLayout layout) {
        this.picture = picture;
        this.layout = layout;
        right = PictureLayout.PLOT_X + layout.plotWidth();
        bottom = PictureLayout.PLOT_Y + layout.plotHeight();
    }

    /** Writes two lines over the plot, cut where they are too long. */
    void drawTitle(String title, String subtitle) {
        int room = picture.width() - PictureLayout.PLOT_X - GAP;
        drawText(PictureLayout.PLOT_X, 10, INK, BitmapFont.fit(title, TITLE_SCALE, room));
        int roomBesideUnit = layout.plotWidth() + BAR_OFFSET - GAP;
        drawText(PictureLayout.PLOT_X, 36, FAINT_INK, BitmapFont.fit(subtitle, TITLE_SCALE, roomBesideUnit));
    }

    /** Writes one line under the plot, starting {@code indent} px right of its left edge; returns where it ends. */
    int drawLegend(int indent, String text) {
        int x = PictureLayout.PLOT_X + indent;
        drawText(x, legendCentre() - BitmapFont.ASCENT * LABEL_SCALE / 2, FAINT_INK, text);
        return indent + BitmapFont.width(text, LABEL_SCALE);
    }

    /** Height in px at which the marks of the legend are centred. */
    int legendCentre() {
        return bottom + 48;
    }

    /** Draws the two axes with labels in px of the image. */
    void drawAxes() {
        fill(PictureLayout.PLOT_X - 1, PictureLayout.PLOT_Y - 1, layout.plotWidth() + 2, 1, FAINT_INK);
        fill(PictureLayout.PLOT_X - 1, bottom, layout.plotWidth() + 2, 1, FAINT_INK);
        fill(PictureLayout.PLOT_X - 1, PictureLayout.PLOT_Y - 1, 1, layout.plotHeight() + 2, FAINT_INK);
        fill(right, PictureLayout.PLOT_Y - 1, 1, layout.plotHeight() + 2, FAINT_INK);
        Ticks across = Ticks.between(layout.left(), layout.left() + layout.plotWidth() / layout.scale(), 8);
        for (double value : across.values()) {
            int x = (int) Math.round(layout.toPictureX(value));
            String label = across.label(value);
            fill(x, bottom, 1, TICK, FAINT_INK);
            int start = x - BitmapFont.width(label, LABEL_SCALE) / 2;
            drawText(start, bottom + GAP, FAINT_INK, label);
        }
        Ticks down = Ticks.between(layout.top(), layout.top() + layout.plotHeight() / layout.scale(), 8);
        for (double value : down.values()) {
            int y = (int) Math.round(layout.toPictureY(value));
            String label = down.label(value);
            fill(PictureLayout.PLOT_X - TICK, y, TICK, 1, FAINT_INK);
            drawText(
                    PictureLayout.PLOT_X - GAP - BitmapFont.width(label, LABEL_SCALE),
                    y - BitmapFont.ASCENT * LABEL_SCALE / 2,
                    FAINT_INK,
                    label);
        }
    }

    /** Draws the colour bar with labels in px of displacement. */
    void drawColourBar(ArrowScale scale) {
        int x = right + BAR_OFFSET;
        int height = layout.plotHeight();
        fill(x - 1, PictureLayout.PLOT_Y - 1, BAR_WIDTH + 2, height + 2, FAINT_INK);
        for (int y = 0; y < height; y++) {
            double fraction = height == 1 ? 1 : 1 - y / (height - 1.0);
            fill(x, PictureLayout.PLOT_Y + y, BAR_WIDTH, 1, ColourMap.rgb(fraction));
        }
        Ticks ticks = Ticks.between(scale.low(), scale.high(), 8);
        for (double value : ticks.values()) {
            int y = PictureLayout.PLOT_Y + (int) Math.round((1 - scale.fraction(value)) * (height - 1));
            fill(x + BAR_WIDTH, y, TICK, 1, FAINT_INK);
            drawText(x + BAR_WIDTH + GAP, y - BitmapFont.ASCENT * LABEL_SCALE / 2, INK, ticks.label(value));
        }
        drawText(x, PictureLayout.PLOT_Y - 24, FAINT_INK, "px");
    }

    private void drawText(int x, int y, int rgb, String text) {
        BitmapFont.draw(picture, x, y, LABEL_SCALE, rgb, text);
    }

    private void fill(int x, int y, int width, int height, int rgb) {
        picture.fill(x, y, width, height, rgb);
    }
}
