package org.reactortopology.examples.piv.output;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.reactortopology.AtomicFiles;
import org.reactortopology.examples.piv.correlation.VelocityField;
import org.reactortopology.examples.piv.image.GreyImage;

/**
 * Pictures of velocity fields as PNG files.
 *
 * <p>Arrows are centred on their windows and coloured by magnitude; a thin open arrow in magenta is a replaced or weak
 * vector, a cross one that was not measured. Needs neither display nor fonts: it draws shapes with Java2D and text with
 * {@link BitmapFont}, and asks AWT for headless mode unless the system property {@code java.awt.headless} says otherwise.
 */
public final class VectorPicture {

    private static final Color MEAN_ARROW = new Color(0x14181f);

    static {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private VectorPicture() {}

    /**
     * Writes the picture of one pair, atomically, replacing a file of that name.
     *
     * @param path PNG file to write; its directory exists
     * @param title first line of text, shortened where it does not fit
     * @param background first image of the pair
     * @param field the vectors; at least one
     * @throws IOException if the file cannot be written
     */
    public static void write(Path path, String title, GreyImage background, VelocityField field) throws IOException {
        write(path, png(draw(title, background, field)));
    }

    /**
     * Draws the picture of one pair. Computes and does not block.
     *
     * @param title first line of text, shortened where it does not fit
     * @param background first image of the pair
     * @param field the vectors; at least one
     * @return the bytes of a PNG file
     */
    public static byte[] png(String title, GreyImage background, VelocityField field) {
        return png(draw(title, background, field));
    }

    /** Writes the picture of a mean field, atomically: dark arrows over colours for the magnitude. */
    static void writeMean(Path path, MeanField mean) throws IOException {
        write(path, png(drawMean(mean)));
    }

    /** Draws the picture of one pair. */
    static BufferedImage draw(String title, GreyImage background, VelocityField field) {
        PictureLayout layout = PictureLayout.of(background, field);
        ArrowScale scale = ArrowScale.of(field, layout.spacing());
        BufferedImage picture = paper(layout);
        Graphics2D graphics = graphics(picture);
        PlotBackground.drawImage(picture, background, layout);
        drawArrows(graphics, field, layout, scale, null);
        PictureFrame frame = drawFrame(picture, layout, scale);
        int flagged = VectorFlags.countFlagged(field);
        frame.drawTitle(title, field.u().length + " vectors, " + flagged + " flagged, " + describe(layout, scale));
        drawLegend(graphics, frame, field);
        graphics.dispose();
        return picture;
    }

    /** Draws the picture of a mean field. */
    static BufferedImage drawMean(MeanField mean) {
        VelocityField field = mean.field();
        PictureLayout layout = PictureLayout.of(null, field);
        ArrowScale scale = ArrowScale.of(field, layout.spacing());
        BufferedImage picture = paper(layout);
        PlotBackground.drawMagnitudes(picture, field, scale, layout);
        Graphics2D graphics = graphics(picture);
        drawArrows(graphics, field, layout, scale, MEAN_ARROW);
        PictureFrame frame = drawFrame(picture, layout, scale);
        frame.drawTitle(
                "mean of " + mean.pairs() + (mean.pairs() == 1 ? " pair" : " pairs"),
                field.u().length + " vectors, " + describe(layout, scale));
        drawLegend(graphics, frame, field);
        graphics.dispose();
        return picture;
    }

    private static BufferedImage paper(PictureLayout layout) {
        BufferedImage picture = new BufferedImage(layout.width(), layout.height(), BufferedImage.TYPE_INT_RGB);
        Arrays.fill(((DataBufferInt) picture.getRaster().getDataBuffer()).getData(), PictureFrame.PAPER);
        return picture;
    }

    private static Graphics2D graphics(BufferedImage picture) {
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return graphics;
    }

    private static PictureFrame drawFrame(BufferedImage picture, PictureLayout layout, ArrowScale scale) {
        PictureFrame frame = new PictureFrame(picture, layout);
        frame.drawAxes();
        frame.drawColourBar(scale);
        return frame;
    }

    private static void drawArrows(
            Graphics2D graphics, VelocityField field, PictureLayout layout, ArrowScale scale, @Nullable Color only) {
        Shape before = graphics.getClip();
        graphics.clipRect(PictureLayout.PLOT_X, PictureLayout.PLOT_Y, layout.plotWidth(), layout.plotHeight());
        ArrowPainter painter = new ArrowPainter(graphics, layout.spacing());
        for (int row = layout.stride() / 2; row < field.rows(); row += layout.stride()) {
            for (int column = layout.stride() / 2; column < field.columns(); column += layout.stride()) {
                drawVector(painter, field, row * field.columns() + column, layout, scale, only);
            }
        }
        graphics.setClip(before);
    }

    private static void drawVector(
            ArrowPainter painter,
            VelocityField field,
            int index,
            PictureLayout layout,
            ArrowScale scale,
            @Nullable Color only) {
        double x = layout.toPictureX(field.x()[index % field.columns()]);
        double y = layout.toPictureY(field.y()[index / field.columns()]);
        if (!VectorFlags.isMeasured(field, index)) {
            painter.drawNotMeasured(x, y);
            return;
        }
        double magnitude = Magnitudes.at(field, index);
        double factor = Math.min(scale.pixelsPerPixel(), scale.longest() / Math.max(magnitude, 1e-9));
        double dx = field.u()[index] * factor;
        double dy = field.v()[index] * factor;
        if (VectorFlags.isFlagged(field, index)) {
            painter.drawFlagged(x, y, dx, dy);
        } else if (only != null) {
            painter.drawFilled(x, y, dx, dy, only, false);
        } else {
            painter.drawFilled(x, y, dx, dy, new Color(ColourMap.rgb(scale.fraction(magnitude))), true);
        }
    }

    private static void drawLegend(Graphics2D graphics, PictureFrame frame, VelocityField field) {
        int notMeasured = 0;
        for (int i = 0; i < field.u().length; i++) {
            notMeasured += VectorFlags.isMeasured(field, i) ? 0 : 1;
        }
        int indent = 0;
        ArrowPainter painter = new ArrowPainter(graphics, 22);
        int weak = VectorFlags.countFlagged(field) - notMeasured;
        if (weak > 0) {
            painter.drawFlagged(PictureLayout.PLOT_X + indent + 12, frame.legendCentre(), 22, 0);
            indent = frame.drawLegend(indent + 34, weak + " replaced or weak") + 30;
        }
        if (notMeasured > 0) {
            painter.drawNotMeasured(PictureLayout.PLOT_X + indent + 6, frame.legendCentre());
            frame.drawLegend(indent + 20, notMeasured + " not measured");
        }
    }

    private static String describe(PictureLayout layout, ArrowScale scale) {
        String arrows = String.format(Locale.ROOT, "arrows x%.3g", scale.pixelsPerPixel() / layout.scale());
        return layout.stride() == 1 ? arrows : arrows + ", 1 in " + layout.stride() * layout.stride() + " drawn";
    }

    private static void write(Path path, byte[] png) throws IOException {
        AtomicFiles.write(path, temporary -> Files.write(temporary, png));
    }

    private static byte[] png(BufferedImage picture) {
        int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
        return RgbPng.encode(pixels, picture.getWidth(), picture.getHeight());
    }
}
