package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactortopology.examples.piv.correlation.VelocityField;

class MagnitudesTest {

    private static final long SEED = 11;

    /** With few different values among many, and all different. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 5", "3, 2", "50, 3", "997, 1", "997, 10", "997, 1000000"})
    void percentilesAreThoseOfTheSortedValues(int count, int different) {
        Random random = new Random(SEED);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(different);
        }
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        for (double percent : new double[] {0, 1, 33.3, 50, 95, 99.5, 100}) {
            double position = percent / 100 * (count - 1);
            int below = (int) position;
            int above = Math.min(count - 1, below + 1);
            double expected = sorted[below] + (position - below) * (sorted[above] - sorted[below]);
            assertThat((double) Magnitudes.percentile(values, percent))
                    .as("%s %%", percent)
                    .isCloseTo(expected, within(1e-6 * different));
        }
    }

    @Test
    void knowsNoPercentileOfNothing() {
        assertThat(Magnitudes.percentile(new float[0], 50)).isNaN();
    }

    @Test
    void prefersVectorsWithoutAFlag() {
        VelocityField field = Fields.uniform(3, 1, 3, 4);
        field.flags()[0] = VelocityField.REPLACED;
        field.u()[1] = Float.NaN;
        assertThat(Magnitudes.unflagged(field)).containsExactly(5);

        field.flags()[2] = VelocityField.LOW_SIGNAL;
        field.v()[2] = 0;
        assertThat(Magnitudes.unflagged(field)).containsExactly(5, 3);
        assertThat(Magnitudes.median(field)).isEqualTo(4);
    }
}
