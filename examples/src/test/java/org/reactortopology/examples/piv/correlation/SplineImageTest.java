package org.reactortopology.examples.piv.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.reactortopology.examples.piv.image.Flow;
import org.reactortopology.examples.piv.image.SyntheticImages;

class SplineImageTest {

    private static final int WIDTH = 48;
    private static final int HEIGHT = 40;

    private final float[] out = new float[WIDTH * HEIGHT];

    @Test
    void passesThroughEveryGreyLevel() {
        float[] pixels = SyntheticImages.of(WIDTH, HEIGHT, 3)
                .withNoise(20)
                .pair(Flow.uniform(0, 0))
                .first()
                .pixels();

        load(pixels).deform(predictor(0, 0), 0.5f, out);

        for (int i = 0; i < out.length; i++) {
            assertThat(out[i]).as("pixel %d", i).isCloseTo(pixels[i], within(1e-3f));
        }
    }

    @Test
    void samplesTheImageAtHalfThePredictedDisplacement() {
        float[] wave = new float[WIDTH * HEIGHT];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = wave(i % WIDTH, i / WIDTH);
        }

        load(wave).deform(predictor(2.6f, -1.4f), -0.5f, out);

        for (int y = 8; y < HEIGHT - 8; y++) {
            for (int x = 8; x < WIDTH - 8; x++) {
                assertThat(out[y * WIDTH + x]).isCloseTo(wave(x - 1.3, y + 0.7), within(0.02f));
            }
        }
    }

    @Test
    void continuesTheImageByItsBorder() {
        float[] ramp = new float[WIDTH * HEIGHT];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i % WIDTH;
        }

        load(ramp).deform(predictor(200, 0), 0.5f, out);

        for (float level : out) {
            assertThat(level).isCloseTo(WIDTH - 1, within(1e-3f));
        }
    }

    private static SplineImage load(float[] pixels) {
        SplineImage image = new SplineImage(WIDTH, HEIGHT);
        image.load(pixels);
        return image;
    }

    private static float wave(double x, double y) {
        return (float) (100 + 50 * Math.sin(0.5 * x + 0.3) * Math.cos(0.4 * y));
    }

    private static Predictor predictor(float u, float v) {
        Grid grid = Grid.of(WIDTH, HEIGHT, 16, 0.5);
        VelocityField field = grid.emptyField();
        Arrays.fill(field.u(), u);
        Arrays.fill(field.v(), v);
        return new Predictor(grid, field, WIDTH);
    }
}
