package org.reactortopology.examples.piv.output;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.reactortopology.AtomicFiles;
import org.reactortopology.examples.piv.correlation.VelocityField;
import org.reactortopology.examples.piv.image.GreyImage;

/**
 * Pictures of velocity fields as PNG files.
 *
 * <p>Arrows are centred on their windows and coloured by magnitude; a thin open arrow in magenta is a replaced or weak
 * vector, a cross one that was not measured. Needs neither display nor fonts nor AWT: shapes come from {@link ArrowPainter}, text
 * from {@link BitmapFont}, the file from {@link RgbPng}.
 */
public final class VectorPicture {

    private static final int MEAN_ARROW = 0x14181f;

    /** Arrows are coloured by their magnitude. */
    private static final int BY_MAGNITUDE = -1;

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
    static Canvas draw(String title, GreyImage background, VelocityField field) {
        PictureLayout layout = PictureLayout.of(background, field);
        ArrowScale scale = ArrowScale.of(field, layout.spacing());
        Canvas picture = paper(layout);
        PlotBackground.drawImage(picture, background, layout);
        drawArrows(picture, field, layout, scale, BY_MAGNITUDE);
        PictureFrame frame = drawFrame(picture, layout, scale);
        int flagged = VectorFlags.countFlagged(field);
        frame.drawTitle(title, field.u().length + " vectors, " + flagged + " flagged, " + describe(layout, scale));
        drawLegend(picture, frame, field);
        return picture;
    }

    /** Draws the picture of a mean field. */
    static Canvas drawMean(MeanField mean) {
        VelocityField field = mean.field();
        PictureLayout layout = PictureLayout.of(null, field);
        ArrowScale scale = ArrowScale.of(field, layout.spacing());
        Canvas picture = paper(layout);
        PlotBackground.drawMagnitudes(picture, field, scale, layout);
        drawArrows(picture, field, layout, scale, MEAN_ARROW);
        PictureFrame frame = drawFrame(picture, layout, scale);
        frame.drawTitle(
                "mean of " + mean.pairs() + (mean.pairs() == 1 ? " pair" : " pairs"),
                field.u().length + " vectors, " + describe(layout, scale));
        drawLegend(picture, frame, field);
        return picture;
    }

    private static Canvas paper(PictureLayout layout) {
        return new Canvas(layout.width(), layout.height(), PictureFrame.PAPER);
    }

    private static PictureFrame drawFrame(Canvas picture, PictureLayout layout, ArrowScale scale) {
        PictureFrame frame = new PictureFrame(picture, layout);
        frame.drawAxes();
        frame.drawColourBar(scale);
        return frame;
    }

    private static void drawArrows(
            Canvas picture, VelocityField field, PictureLayout layout, ArrowScale scale, int only) {
        ArrowPainter painter = ArrowPainter.within(layout, picture);
        for (int row = layout.stride() / 2; row < field.rows(); row += layout.stride()) {
            for (int column = layout.stride() / 2; column < field.columns(); column += layout.stride()) {
                drawVector(painter, field, row * field.columns() + column, layout, scale, only);
            }
        }
    }

    private static void drawVector(
            ArrowPainter painter, VelocityField field, int index, PictureLayout layout, ArrowScale scale, int only) {
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
        } else if (only != BY_MAGNITUDE) {
            painter.drawFilled(x, y, dx, dy, only, false);
        } else {
            painter.drawFilled(x, y, dx, dy, ColourMap.rgb(scale.fraction(magnitude)), true);
        }
    }

    private static void drawLegend(Canvas picture, PictureFrame frame, VelocityField field) {
        int notMeasured = 0;
        for (int i = 0; i < field.u().length; i++) {
            notMeasured += VectorFlags.isMeasured(field, i) ? 0 : 1;
        }
        int indent = 0;
        ArrowPainter painter = new ArrowPainter(picture, 22);
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
        String arrows = "arrows x" + threeDigits(scale.pixelsPerPixel() / layout.scale());
        return layout.stride() == 1 ? arrows : arrows + ", 1 in " + layout.stride() * layout.stride() + " drawn";
    }

    /** As {@code %.3g} has it; that would have to be compiled by every worker. */
    static String threeDigits(double value) {
        if (!(value >= 0.001 && value < 999)) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(3, RoundingMode.HALF_UP));
        return rounded.setScale(3 + rounded.scale() - rounded.precision(), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    private static void write(Path path, byte[] png) throws IOException {
        AtomicFiles.write(path, temporary -> Files.write(temporary, png));
    }

    private static byte[] png(Canvas picture) {
        return RgbPng.encode(picture.pixels(), picture.width(), picture.height());
    }
}
