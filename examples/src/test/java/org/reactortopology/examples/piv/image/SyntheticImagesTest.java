package org.reactortopology.examples.piv.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticImagesTest {

    @Test
    void theSameSeedGivesTheSameImages() {
        Flow flow = Flow.uniform(1.3, 0);
        SyntheticImages.Pair once = SyntheticImages.of(64, 48, 7).withNoise(2).pair(flow);
        SyntheticImages.Pair again = SyntheticImages.of(64, 48, 7).withNoise(2).pair(flow);
        SyntheticImages.Pair other = SyntheticImages.of(64, 48, 8).withNoise(2).pair(flow);

        assertThat(again.first().pixels()).containsExactly(once.first().pixels());
        assertThat(again.second().pixels()).containsExactly(once.second().pixels());
        assertThat(other.first().pixels()).isNotEqualTo(once.first().pixels());
    }

    @Test
    void aWholePixelShiftMovesTheImageHalfBackAndHalfForward() {
        SyntheticImages.Pair moved = SyntheticImages.of(64, 64, 7).pair(Flow.uniform(4, 2));
        float[] still =
                SyntheticImages.of(64, 64, 7).pair(Flow.uniform(0, 0)).first().pixels();

        for (int y = 8; y < 56; y++) {
            for (int x = 8; x < 56; x++) {
                assertThat(moved.first().pixels()[(y - 1) * 64 + x - 2]).isCloseTo(still[y * 64 + x], within(1f));
                assertThat(moved.second().pixels()[(y + 1) * 64 + x + 2]).isCloseTo(still[y * 64 + x], within(1f));
            }
        }
    }

    @Test
    void aParticleHasTheIntensityOfItsGaussian() {
        float[] pixels = new float[32 * 32];
        new ParticleSpot(32, 32, 2.5).add(pixels, 15.3, 16.8, 100);

        double sum = 0;
        double meanX = 0;
        for (int i = 0; i < pixels.length; i++) {
            sum += pixels[i];
            meanX += pixels[i] * (i % 32);
        }
        double sigma = 2.5 / 4;
        assertThat(sum).isCloseTo(100 * 2 * Math.PI * sigma * sigma, within(0.01));
        assertThat(meanX / sum).isCloseTo(15.3, within(1e-3));
    }

    @Test
    void greyLevelsAreWholeAndWithin8Bit() {
        for (float pixel : SyntheticImages.of(128, 128, 7)
                .withNoise(30)
                .pair(Flow.uniform(0, 0))
                .first()
                .pixels()) {
            assertThat(pixel).isBetween(0f, 255f).isEqualTo((float) Math.rint(pixel));
        }
    }

    @Test
    void theVortexPeaksAtItsCoreRadiusAndTurnsClockwise() {
        Flow vortex = Flow.lambOseen(100, 100, 20, 5);

        assertThat(vortex.v(100 + 1.1209 * 20, 100)).isCloseTo(5, within(1e-6));
        assertThat(vortex.v(100 + 20, 100)).isLessThan(5);
        assertThat(vortex.v(100 + 25, 100)).isLessThan(5);
        assertThat(vortex.u(100, 100 - 22.4)).isPositive();
        assertThat(vortex.u(100, 100)).isZero();
    }

    @Test
    void refusesUnusableValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SyntheticImages(64, 64, 0, 10, 0, 1))
                .withMessage("particleDiameter is 0.0, it must be from 0.5 to 20.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SyntheticImages.of(0, 64, 1))
                .withMessageContaining("image size 0 x 64 px is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flow.lambOseen(0, 0, 0, 5))
                .withMessageContaining("coreRadius is 0.0 px, it must be above 0");
    }

    @Test
    void theSeriesIsReadBackAsMade(@TempDir Path folder) throws IOException {
        List<Path> files = SyntheticSeries.write(folder.resolve("new"), 2, 96, 64, 3);

        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "synthetic_001a.png", "synthetic_001b.png", "synthetic_002a.png", "synthetic_002b.png");
        SyntheticImages.Pair made = SyntheticImages.of(96, 64, 4).withNoise(1).pair(SyntheticSeries.flow(1, 96, 64));
        assertThat(GreyImageReader.read(files.get(3)).pixels())
                .containsExactly(made.second().pixels());
    }

    @Test
    void writesTiffAndRefusesOtherEndings(@TempDir Path folder) throws IOException {
        GreyImage image = SyntheticImages.of(40, 30, 1).pair(Flow.uniform(0, 0)).first();

        GreyImageWriter.write8Bit(image, folder.resolve("a.tif"));

        assertThat(GreyImageReader.read(folder.resolve("a.tif")).pixels()).containsExactly(image.pixels());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GreyImageWriter.write8Bit(image, folder.resolve("a.gif")))
                .withMessageContaining("end it in .png, .tif or .tiff");
    }
}
