package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactortopology.examples.piv.correlation.VelocityField;
import org.reactortopology.examples.piv.image.GreyImage;

class VectorPictureTest {

    private static final GreyImage IMAGE = Fields.ramp(128, 96);

    @TempDir
    Path directory;

    @Test
    void writesAPngOfTheLaidOutSize() throws IOException {
        VelocityField field = Fields.uniform(7, 5, 3, 0);
        Path path = directory.resolve("a.png");

        VectorPicture.write(path, "a.bmp+b.bmp", IMAGE, field);

        BufferedImage picture = ImageIO.read(path.toFile());
        PictureLayout layout = PictureLayout.of(IMAGE, field);
        assertThat(picture.getWidth()).isEqualTo(layout.width());
        assertThat(picture.getHeight()).isEqualTo(layout.height());
        Canvas drawn = VectorPicture.draw("a.bmp+b.bmp", IMAGE, field);
        assertThat(pixels(picture)).isEqualTo(drawn.pixels());
        assertThat(Arrays.stream(drawn.pixels()).distinct().count()).isGreaterThan(100);
        assertThat(count(drawn, PictureFrame.PAPER, 0, 0, drawn.width(), PictureLayout.PLOT_Y))
                .as("paper in the title strip, with ink on it")
                .isBetween(1000L, (long) picture.getWidth() * PictureLayout.PLOT_Y - 300);
    }

    @Test
    void writesEqualBytesForEqualInput() throws IOException {
        VectorPicture.write(directory.resolve("a.png"), "t", IMAGE, Fields.uniform(7, 5, 3, 1));
        VectorPicture.write(directory.resolve("b.png"), "t", IMAGE, Fields.uniform(7, 5, 3, 1));

        assertThat(directory.resolve("a.png")).hasSameBinaryContentAs(directory.resolve("b.png"));
    }

    @Test
    void drawsAnArrowInTheColourOfItsMagnitudeAtEveryWindow() {
        VelocityField field = Fields.uniform(7, 5, 4, 0);
        Arrays.fill(field.u(), 0, 7, 2);

        Canvas picture = VectorPicture.draw("t", IMAGE, field);

        PictureLayout layout = PictureLayout.of(IMAGE, field);
        for (int i = 0; i < field.u().length; i++) {
            int expected = ColourMap.rgb(i < 7 ? 0.5 : 1);
            assertThat(colourAt(picture, layout, field, i)).as("vector %d", i).isEqualTo(expected);
        }
    }

    @Test
    void pointsDownForPositiveV() {
        VelocityField field = Fields.uniform(1, 1, 0, 5);
        PictureLayout layout = PictureLayout.of(IMAGE, field);

        Canvas picture = VectorPicture.draw("t", IMAGE, field);

        int x = (int) layout.toPictureX(15.5);
        int y = (int) layout.toPictureY(15.5);
        int colour = ColourMap.rgb(1);
        assertThat(count(picture, colour, x - 30, y + 1, 60, 60))
                .as("the head holds more ink than the tail")
                .isGreaterThan(count(picture, colour, x - 30, y - 60, 60, 60) * 5 / 4);
    }

    @Test
    void drawsFlaggedAndMissingVectorsInTheirOwnColour() {
        VelocityField field = Fields.uniform(7, 5, 4, 0);
        Canvas clean = VectorPicture.draw("t", IMAGE, field);
        field.flags()[8] = VelocityField.REPLACED;
        field.flags()[10] = VelocityField.NOT_MEASURED;
        field.u()[12] = Float.NaN;

        Canvas picture = VectorPicture.draw("t", IMAGE, field);

        PictureLayout layout = PictureLayout.of(IMAGE, field);
        assertThat(Arrays.stream(clean.pixels()).filter(rgb -> rgb == ArrowPainter.FLAGGED))
                .isEmpty();
        for (int index : new int[] {8, 10, 12}) {
            int x = (int) layout.toPictureX(field.x()[index % 7]);
            int y = (int) layout.toPictureY(field.y()[index / 7]);
            assertThat(count(picture, ArrowPainter.FLAGGED, x - 12, y - 12, 24, 24))
                    .as("vector %d", index)
                    .isPositive();
            assertThat(count(picture, ColourMap.rgb(1), x - 12, y - 8, 24, 16))
                    .as("vector %d", index)
                    .isZero();
        }
    }

    @Test
    void keepsScaleAndColoursWhenFewVectorsAreWild() {
        VelocityField field = Fields.uniform(20, 20, 4, 0);
        ArrowScale calm = ArrowScale.of(field, 20);
        field.u()[7] = 400;
        field.u()[9] = -300;

        assertThat(ArrowScale.of(field, 20)).isEqualTo(calm);
        assertThat(calm.pixelsPerPixel()).isEqualTo(5);
        assertThat(calm.fraction(4)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"512, 512, 16", "512, 512, 8", "1008, 1012, 16", "4000, 3000, 8", "64, 48, 16", "2000, 20, 16"})
    void keepsVectorsApartAndPicturesSmall(int width, int height, int step) {
        int columns = width / step - 1;
        int rows = Math.max(1, height / step - 1);
        VelocityField field = Fields.uniform(columns, rows, 1, 1);
        for (int i = 0; i < columns; i++) {
            field.x()[i] = step * (i + 1);
        }
        for (int i = 0; i < rows; i++) {
            field.y()[i] = step * (i + 1);
        }

        PictureLayout layout = PictureLayout.of(new GreyImage(width, height, new float[width * height]), field);

        assertThat(layout.spacing()).isGreaterThanOrEqualTo(9);
        assertThat(Math.max(layout.plotWidth(), layout.plotHeight())).isBetween(480, 1200);
        assertThat(layout.stride()).isEqualTo(width == 4000 ? 4 : 1);
    }

    @Test
    void drawsDegenerateInputWithoutFailing() {
        VelocityField nothing = Fields.uniform(3, 3, Float.NaN, Float.NaN);
        VelocityField still = Fields.uniform(3, 3, 0, 0);
        GreyImage flat = new GreyImage(64, 64, new float[64 * 64]);
        GreyImage empty = new GreyImage(64, 64, new float[64 * 64]);
        Arrays.fill(empty.pixels(), Float.NaN);

        for (GreyImage image : new GreyImage[] {flat, empty, new GreyImage(1, 1, new float[1])}) {
            assertThat(VectorPicture.draw("", image, nothing).width()).isPositive();
            assertThat(VectorPicture.draw("ä".repeat(500), image, still).width())
                    .isPositive();
        }
        assertThat(VectorPicture.drawMean(new MeanField(nothing, new int[9], 1)).width())
                .isPositive();
    }

    @Test
    void coloursTheMeanByMagnitudeBehindItsArrows() {
        VelocityField field = Fields.uniform(4, 4, 4, 0);
        PictureLayout layout = PictureLayout.of(null, field);

        Canvas picture = VectorPicture.drawMean(new MeanField(field, new int[16], 2));

        long ground = count(
                picture,
                ColourMap.rgb(1),
                PictureLayout.PLOT_X,
                PictureLayout.PLOT_Y,
                layout.plotWidth(),
                layout.plotHeight());
        assertThat(ground)
                .isBetween(
                        (long) layout.plotWidth() * layout.plotHeight() / 2,
                        (long) layout.plotWidth() * layout.plotHeight() - 500);
    }

    @Test
    void writesArrowScalesWithThreeDigits() {
        for (double value : new double[] {0.0012345, 0.05, 0.999, 0.9996, 1, 5, 12.345, 99.96, 100, 123.4, 998.9}) {
            assertThat(VectorPicture.threeDigits(value)).isEqualTo(String.format(Locale.ROOT, "%.3g", value));
        }
        assertThat(VectorPicture.threeDigits(12_345)).isEqualTo("1.23e+04");
        assertThat(VectorPicture.threeDigits(Double.NaN)).isEqualTo("NaN");
    }

    private static int colourAt(Canvas picture, PictureLayout layout, VelocityField field, int index) {
        double x = layout.toPictureX(field.x()[index % field.columns()]);
        double y = layout.toPictureY(field.y()[index / field.columns()]);
        return picture.at((int) x, (int) y);
    }

    private static long count(Canvas picture, int rgb, int x, int y, int width, int height) {
        long count = 0;
        for (int row = Math.max(0, y); row < Math.min(y + height, picture.height()); row++) {
            for (int column = Math.max(0, x); column < Math.min(x + width, picture.width()); column++) {
                count += picture.at(column, row) == rgb ? 1 : 0;
            }
        }
        return count;
    }

    private static int[] pixels(BufferedImage picture) {
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        return Arrays.stream(pixels).map(pixel -> pixel & 0xffffff).toArray();
    }
}
