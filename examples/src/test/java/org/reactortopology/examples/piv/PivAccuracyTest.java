package org.reactortopology.examples.piv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.examples.piv.correlation.Correlator;
import org.reactortopology.examples.piv.correlation.PivSettings;

class PivAccuracyTest {

    private static final Correlator CORRELATOR = new Correlator(PivSettings.defaults());

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.3, 0.5, 0.7, 1, 1.5, 2.2, 2.5, 3.4, 4, 4.5, 4.7, 5})
    void uniformShiftsAreExactTo6HundredthsOfAPixel(double shift) {
        PivAccuracy.Row row = PivAccuracy.uniformShift(CORRELATOR, shift);

        assertThat(row.rmsError()).as(row.toString()).isLessThanOrEqualTo(0.06);
        assertThat(Math.abs(row.biasX())).as(row.toString()).isLessThanOrEqualTo(0.03);
        assertThat(Math.abs(row.biasY())).as(row.toString()).isLessThanOrEqualTo(0.005);
        assertThat(row.validShare()).as(row.toString()).isGreaterThan(0.98);
    }

    @Test
    void theVortexIsExactTo15HundredthsOfAPixel() {
        PivAccuracy.Row row = PivAccuracy.vortex(CORRELATOR);

        assertThat(row.rmsError()).as(row.toString()).isLessThanOrEqualTo(0.15);
        assertThat(row.validShare()).as(row.toString()).isGreaterThan(0.98);
    }

    @Test
    void theRotationIsExactTo6HundredthsOfAPixel() {
        PivAccuracy.Row row = PivAccuracy.rotation(CORRELATOR);

        assertThat(row.rmsError()).as(row.toString()).isLessThanOrEqualTo(0.06);
        assertThat(row.validShare()).as(row.toString()).isGreaterThan(0.98);
    }

    @Test
    void theTableHasOneAlignedLineForEachRow() {
        String table = PivAccuracy.table(List.of(
                new PivAccuracy.Row("uniform shift 0.1 px", 0.0125, -0.001, 0.002, 0.995, 961),
                new PivAccuracy.Row("Lamb-Oseen vortex", 0.1, 0, 0, 1, 961)));

        assertThat(table.lines())
                .containsExactly(
                        "flow                        rms [px]    bias x    bias y     valid  vectors",
                        "uniform shift 0.1 px          0.0125   -0.0010    0.0020    99.50%      961",
                        "Lamb-Oseen vortex             0.1000    0.0000    0.0000   100.00%      961");
    }
}
