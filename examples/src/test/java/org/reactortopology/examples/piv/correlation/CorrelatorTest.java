package org.reactortopology.examples.piv.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactortopology.examples.piv.image.Flow;
import org.reactortopology.examples.piv.image.GreyImage;
import org.reactortopology.examples.piv.image.SyntheticImages;

class CorrelatorTest {

    private final Correlator correlator = new Correlator(PivSettings.defaults());

    @Test
    void countsDisplacementRightAndDownAsPositive() {
        SyntheticImages.Pair pair = SyntheticImages.of(128, 128, 5).pair(Flow.uniform(3, -2));

        VelocityField field = correlator.displacements(pair.first(), pair.second());

        assertThat(mean(field.u())).isCloseTo(3, within(0.02));
        assertThat(mean(field.v())).isCloseTo(-2, within(0.02));
    }

    @Test
    void givesTheShiftOfOneBrightSpot() {
        float[] first = new float[64 * 64];
        float[] second = new float[64 * 64];
        first[30 * 64 + 20] = 255;
        second[33 * 64 + 25] = 255;
        Correlator onePass = new Correlator(PivSettings.defaults().withWindows(List.of(64)));

        VelocityField field = onePass.displacements(new GreyImage(64, 64, first), new GreyImage(64, 64, second));

        assertThat(field.columns() * field.rows()).isEqualTo(1);
        assertThat(field.x()[0]).isEqualTo(31.5f);
        assertThat(field.u()[0]).isCloseTo(5, within(0.1f));
        assertThat(field.v()[0]).isCloseTo(3, within(0.1f));
    }

    @Test
    void centresTheGridInTheImage() {
        SyntheticImages.Pair pair = SyntheticImages.of(134, 100, 5).pair(Flow.uniform(0, 0));

        VelocityField field = correlator.displacements(pair.first(), pair.second());

        assertThat(field.columns()).isEqualTo(7);
        assertThat(field.rows()).isEqualTo(5);
        assertThat(field.x()).containsExactly(18.5f, 34.5f, 50.5f, 66.5f, 82.5f, 98.5f, 114.5f);
        assertThat(field.y()[0]).isEqualTo(17.5f);
    }

    @ParameterizedTest
    @CsvSource({"64,48", "60,30", "44,22", "62,34"})
    void measuresWithWindowsThatAreNoPowersOfTwo(int first, int second) {
        SyntheticImages.Pair pair = SyntheticImages.of(160, 128, 5).pair(Flow.uniform(2.4, 1.3));
        Correlator odd = new Correlator(PivSettings.defaults().withWindows(List.of(first, second)));

        VelocityField field = odd.displacements(pair.first(), pair.second());

        assertThat(mean(field.u())).isCloseTo(2.4, within(0.03));
        assertThat(mean(field.v())).isCloseTo(1.3, within(0.03));
    }

    @Test
    void followsDisplacementsLargerThanTheLastWindowCouldSearch() {
        SyntheticImages.Pair pair = SyntheticImages.of(256, 256, 5).pair(Flow.uniform(14.6, 0));
        Correlator fine = new Correlator(PivSettings.defaults().withWindows(List.of(64, 32, 16)));

        VelocityField field = fine.displacements(pair.first(), pair.second());

        assertThat(mean(field.u())).isCloseTo(14.6, within(0.1));
    }

    @Test
    void flagsWindowsWithoutContrastAsNotMeasured() {
        SyntheticImages.Pair pair = SyntheticImages.of(256, 128, 5).pair(Flow.uniform(2, 0));
        blacken(pair.first());
        blacken(pair.second());

        VelocityField field = correlator.displacements(pair.first(), pair.second());

        assertThat(field.flags()[0]).isEqualTo(VelocityField.NOT_MEASURED);
        assertThat(field.signalToNoise()[0]).isZero();
        assertThat(field.flags()[field.columns() - 1]).isZero();
    }

    @Test
    void givesZeroForTwoImagesWithoutContrast() {
        GreyImage black = new GreyImage(96, 96, new float[96 * 96]);

        VelocityField field = correlator.displacements(black, black);

        assertThat(field.flags()).containsOnly(VelocityField.NOT_MEASURED);
        assertThat(field.u()).containsOnly(0f);
    }

    @Test
    void marksUnrelatedImagesAsDoubtful() {
        GreyImage first =
                SyntheticImages.of(256, 256, 1).pair(Flow.uniform(0, 0)).first();
        GreyImage other =
                SyntheticImages.of(256, 256, 2).pair(Flow.uniform(0, 0)).first();

        VelocityField field = correlator.displacements(first, other);

        int flagged = 0;
        for (byte flag : field.flags()) {
            flagged += flag != 0 ? 1 : 0;
        }
        assertThat(flagged).isGreaterThan(field.flags().length * 3 / 4);
    }

    @Test
    void refusesImagesOfDifferentSize() {
        GreyImage small = new GreyImage(100, 80, new float[8000]);
        GreyImage large = new GreyImage(128, 128, new float[128 * 128]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> correlator.displacements(large, small))
                .withMessage("the images differ in size: the first is 128 x 128 px, the second is 100 x 80 px; give two"
                        + " images of the same camera");
    }

    @Test
    void refusesImagesSmallerThanTheWindow() {
        GreyImage flat = new GreyImage(200, 40, new float[8000]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> correlator.displacements(flat, flat))
                .withMessage("the window of 64 px does not fit into images of 200 x 40 px; give smaller windows or"
                        + " larger images");
    }

    @Test
    void givesTheSameBitsOnEveryThreadAndAfterOtherSizes() throws Exception {
        SyntheticImages.Pair pair = SyntheticImages.of(192, 160, 9).pair(Flow.lambOseen(96, 80, 40, 4));
        SyntheticImages.Pair other = SyntheticImages.of(128, 128, 3).pair(Flow.uniform(1, 1));
        VelocityField alone = new Correlator(PivSettings.defaults()).displacements(pair.first(), pair.second());
        int threads = 4;
        CyclicBarrier barrier = new CyclicBarrier(threads);
        Callable<List<VelocityField>> work = () -> {
            barrier.await(10, TimeUnit.SECONDS);
            List<VelocityField> fields = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                fields.add(correlator.displacements(pair.first(), pair.second()));
                correlator.displacements(other.first(), other.second());
            }
            return fields;
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<VelocityField>>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(pool.submit(work));
            }
            for (Future<List<VelocityField>> result : results) {
                for (VelocityField field : result.get(60, TimeUnit.SECONDS)) {
                    assertSameBits(field, alone);
                }
            }
        } finally {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void assertSameBits(VelocityField field, VelocityField expected) {
        assertThat(field.u()).containsExactly(expected.u());
        assertThat(field.v()).containsExactly(expected.v());
        assertThat(field.signalToNoise()).containsExactly(expected.signalToNoise());
        assertThat(field.flags()).containsExactly(expected.flags());
    }

    private static void blacken(GreyImage image) {
        for (int y = 0; y < image.height(); y++) {
            Arrays.fill(image.pixels(), y * image.width(), y * image.width() + 100, 10f);
        }
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
