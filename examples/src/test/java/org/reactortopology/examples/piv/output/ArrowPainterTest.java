package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrowPainterTest {

    private static final int SIDE = 80;
    private static final int WHITE = 0xffffff;

    /** Spacing of 22 px: a bar of 1.98 px and a head of 7.48 px that is half as wide. */
    private static final double SPACING = 22;

    @ParameterizedTest
    @CsvSource({"30, 0", "0, 30", "-21, 21", "13, -27", "-30, 0.4"})
    void anArrowCoversTheAreaOfItsShape(double dx, double dy) {
        Canvas canvas = new Canvas(SIDE, SIDE, 0);

        new ArrowPainter(canvas, SPACING).drawFilled(40.3, 39.8, dx, dy, WHITE, false);

        double length = Math.hypot(dx, dy);
        double head = 0.34 * SPACING;
        double area = (length - head) * 0.09 * SPACING + head * head / 2;
        assertThat(light(canvas)).isCloseTo(area, within(0.06 * area));
    }

    @ParameterizedTest
    @CsvSource({"30, 0", "0, 30", "-21, 21", "13, -27"})
    void anArrowPointsWhereItsVectorDoes(double dx, double dy) {
        Canvas canvas = new Canvas(SIDE, SIDE, 0);

        new ArrowPainter(canvas, SPACING).drawFilled(40, 40, dx, dy, WHITE, false);

        double ahead = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                ahead += (canvas.at(x, y) & 0xff) / 255.0 * Math.signum((x + 0.5 - 40) * dx + (y + 0.5 - 40) * dy);
            }
        }
        assertThat(ahead).isGreaterThan(5);
    }

    @Test
    void aVeryShortArrowIsADot() {
        Canvas canvas = new Canvas(SIDE, SIDE, 0);

        new ArrowPainter(canvas, SPACING).drawFilled(40, 40, 0, 0, WHITE, false);

        double radius = 0.7 * 0.09 * SPACING;
        assertThat(light(canvas)).isCloseTo(Math.PI * radius * radius, within(0.8));
    }

    @Test
    void theHaloDarkensBesideTheArrowOnly() {
        Canvas canvas = new Canvas(SIDE, SIDE, WHITE);

        new ArrowPainter(canvas, SPACING).drawFilled(40, 40.5, 40, 0, 0xff0000, true);

        assertThat(canvas.at(40, 40)).as("within the bar").isEqualTo(0xff0000);
        assertThat(canvas.at(40, 42) & 0xff).as("just beyond it").isLessThan(0xd0);
        assertThat(canvas.at(40, 38)).as("as above it, so below").isEqualTo(canvas.at(40, 42));
        assertThat(canvas.at(40, 44)).as("two px farther").isEqualTo(WHITE);
    }

    @Test
    void nothingIsPaintedOutsideThePlot() {
        PictureLayout layout = PictureLayout.of(Fields.ramp(128, 96), Fields.uniform(7, 5, 3, 0));
        Canvas canvas = new Canvas(layout.width(), layout.height(), 0);
        int right = PictureLayout.PLOT_X + layout.plotWidth();

        ArrowPainter.within(layout, canvas).drawFilled(right, 100, 60, 0, WHITE, true);
        ArrowPainter.within(layout, canvas).drawNotMeasured(PictureLayout.PLOT_X, PictureLayout.PLOT_Y);
        ArrowPainter.within(layout, canvas).drawFlagged(-1000, 100, 60, 0);

        assertThat(canvas.at(right - 1, 100)).isNotZero();
        assertThat(canvas.at(right, 100)).isZero();
        assertThat(canvas.at(PictureLayout.PLOT_X + 1, PictureLayout.PLOT_Y + 1))
                .isNotZero();
        assertThat(canvas.at(PictureLayout.PLOT_X - 1, PictureLayout.PLOT_Y - 1))
                .isZero();
    }

    @Test
    void mixesEachChannelByItself() {
        Canvas canvas = new Canvas(1, 1, 0x4080c0);

        canvas.mix(0, 0, 0xff00ff, 0);
        assertThat(canvas.at(0, 0)).isEqualTo(0x4080c0);
        canvas.mix(0, 0, 0xc08040, 0.5f);
        assertThat(canvas.at(0, 0)).isEqualTo(0x808080);
        canvas.mix(0, 0, 0xff01fe, 1);
        assertThat(canvas.at(0, 0)).isEqualTo(0xff01fe);
    }

    private static double light(Canvas canvas) {
        double light = 0;
        for (int rgb : canvas.pixels()) {
            light += (rgb & 0xff) / 255.0;
        }
        return light;
    }
}
