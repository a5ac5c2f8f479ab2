package org.reactortopology.examples.piv.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalisedMedianTest {

    private static final int COLUMNS = 7;
    private static final int ROWS = 6;

    private final NormalisedMedian test = new NormalisedMedian(2, 0.1);

    @ParameterizedTest
    @CsvSource({"3,2", "0,0", "6,5", "0,3", "4,0", "6,2"})
    void replacesAPlantedOutlierAndNothingElse(int column, int row) {
        VelocityField field = sheared();
        int point = row * COLUMNS + column;
        float u = field.u()[point];
        float v = field.v()[point];
        field.u()[point] += 6;
        field.v()[point] -= 4;

        test.clean(field);

        for (int i = 0; i < field.flags().length; i++) {
            assertThat(field.flags()[i]).as("flag at %d", i).isEqualTo(i == point ? VelocityField.REPLACED : 0);
        }
        assertThat(field.u()[point]).isCloseTo(u, within(0.05f));
        assertThat(field.v()[point]).isCloseTo(v, within(0.05f));
    }

    @Test
    void keepsASteepGradientUpToTheBorder() {
        VelocityField field = sheared();

        test.clean(field);

        assertThat(field.flags()).containsOnly(0);
        assertThat(field.u()).containsExactly(sheared().u());
    }

    @Test
    void fillsWhatWasNotMeasuredFromItsNeighbours() {
        VelocityField field = sheared();
        for (int row = 1; row < 5; row++) {
            for (int column = 0; column < 4; column++) {
                int i = row * COLUMNS + column;
                field.flags()[i] = VelocityField.NOT_MEASURED;
                field.u()[i] = 0;
            }
        }

        test.clean(field);

        for (int row = 1; row < 5; row++) {
            for (int column = 0; column < 4; column++) {
                int i = row * COLUMNS + column;
                assertThat(field.flags()[i]).isEqualTo(VelocityField.NOT_MEASURED);
                assertThat(field.u()[i]).as("u at %d, %d", column, row).isBetween(2.5f, 7f);
            }
        }
    }

    @Test
    void leavesAFieldWithoutAnyVectorAtZero() {
        VelocityField field = sheared();
        Arrays.fill(field.flags(), VelocityField.NOT_MEASURED);
        Arrays.fill(field.u(), 0f);

        test.clean(field);

        assertThat(field.u()).containsOnly(0f);
    }

    @Test
    void takesASingleVectorAsItIs() {
        VelocityField field = new Grid(32, 16, 1, 1, 0, 0).emptyField();
        field.u()[0] = 3;

        test.clean(field);

        assertThat(field.u()[0]).isEqualTo(3);
        assertThat(field.flags()[0]).isZero();
    }

    /** u from 3 to 6 with 0.5 px per column and 0.1 px per row, v the other way, and a slight unevenness. */
    private static VelocityField sheared() {
        VelocityField field = new Grid(32, 16, COLUMNS, ROWS, 0, 0).emptyField();
        for (int i = 0; i < field.u().length; i++) {
            int column = i % COLUMNS;
            int row = i / COLUMNS;
            float uneven = 0.01f * ((i * 7) % 5 - 2);
            field.u()[i] = 3 + 0.5f * column + 0.1f * row + uneven;
            field.v()[i] = 1 - 0.1f * column + 0.5f * row - uneven;
        }
        return field;
    }
}
