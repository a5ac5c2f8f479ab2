package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.examples.piv.correlation.VelocityField;

class MeanFieldTest {

    @TempDir
    Path directory;

    @Test
    void averagesMeasuredVectorsOnly() {
        VelocityField first = Fields.uniform(3, 1, 1, 10);
        VelocityField second = Fields.uniform(3, 1, 2, 30);
        first.flags()[0] = VelocityField.NOT_MEASURED;
        second.flags()[0] = VelocityField.REPLACED;
        first.flags()[2] = VelocityField.NOT_MEASURED | VelocityField.LOW_SIGNAL;
        second.u()[2] = Float.NaN;
        second.signalToNoise()[1] = 6;

        MeanField mean = mean(first, second);

        assertThat(mean.pairs()).isEqualTo(2);
        assertThat(mean.counts()).containsExactly(1, 2, 0);
        assertThat(mean.field().u()).containsExactly(2, 1.5f, Float.NaN);
        assertThat(mean.field().v()).containsExactly(30, 20, Float.NaN);
        assertThat(mean.field().signalToNoise()).containsExactly(3, 4.5f, Float.NaN);
        assertThat(mean.field().flags()).containsExactly(0, 0, VelocityField.NOT_MEASURED);
    }

    @Test
    void addsInDoublePrecision() {
        MeanField.Accumulator accumulator = new MeanField.Accumulator();
        accumulator.add(Fields.uniform(1, 1, 1 << 24, 0));
        for (int i = 0; i < 3; i++) {
            accumulator.add(Fields.uniform(1, 1, 1, 0));
        }

        // In single precision 2^24 + 1 is 2^24, so that the three ones would be lost.
        assertThat(accumulator.mean().field().u()).containsExactly((float) (((1 << 24) + 3) / 4.0));
        assertThat((float) (((1 << 24) + 3) / 4.0)).isNotEqualTo((1 << 24) / 4f);
    }

    @Test
    void refusesAnotherGridAndKeepsTheSum() {
        MeanField.Accumulator accumulator = new MeanField.Accumulator();
        accumulator.add(Fields.uniform(3, 2, 1, 1));

        assertThatThrownBy(() -> accumulator.add(Fields.uniform(4, 2, 9, 9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4x2 (x 15.5 to 63.5, y 15.5 to 31.5 px)")
                .hasMessageContaining("3x2 (x 15.5 to 47.5, y 15.5 to 31.5 px)")
                .hasMessageContaining("same window sizes and overlap");
        VelocityField shifted = Fields.uniform(3, 2, 9, 9);
        shifted.y()[1] = 32;
        assertThatThrownBy(() -> accumulator.add(shifted)).hasMessageContaining("y 15.5 to 32.0 px");

        assertThat(accumulator.pairs()).isEqualTo(1);
        assertThat(accumulator.mean().field().u()).containsOnly(1);
    }

    @Test
    void refusesAMeanOfNothing() {
        assertThatThrownBy(() -> new MeanField.Accumulator().mean())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no field was added");
    }

    @Test
    void givesAnIndependentResult() {
        MeanField.Accumulator accumulator = new MeanField.Accumulator();
        accumulator.add(Fields.uniform(1, 1, 1, 1));
        MeanField before = accumulator.mean();

        accumulator.add(Fields.uniform(1, 1, 3, 3));

        assertThat(before.field().u()).containsExactly(1);
        assertThat(before.counts()).containsExactly(1);
        assertThat(accumulator.mean().field().u()).containsExactly(2);
    }

    @Test
    void writesDataWithCountsAndAPicture() throws IOException {
        VelocityField field = Fields.uniform(3, 2, 1, 2);
        field.flags()[5] = VelocityField.NOT_MEASURED;

        mean(field).write(directory, Fields.SETTINGS, true);

        assertThat(FieldFile.read(directory.resolve("mean.h5")).u()).containsExactly(1, 1, 1, 1, 1, Float.NaN);
        assertThat(directory.resolve("mean.png")).isNotEmptyFile();
        try (HdfFile file = new HdfFile(directory.resolve("mean.h5"))) {
            assertThat(file.getDatasetByPath("count").getData()).isEqualTo(new int[][] {{1, 1, 1}, {1, 1, 0}});
            assertThat(file.getAttribute("pairs").getData()).isEqualTo(1);
        }
    }

    private static MeanField mean(VelocityField... fields) {
        MeanField.Accumulator accumulator = new MeanField.Accumulator();
        for (VelocityField field : fields) {
            accumulator.add(field);
        }
        return accumulator.mean();
    }
}
