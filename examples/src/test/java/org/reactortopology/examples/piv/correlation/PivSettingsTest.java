package org.reactortopology.examples.piv.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PivSettingsTest {

    private static final PivSettings DEFAULTS = PivSettings.defaults();

    @Test
    void defaultsAreTheDocumentedOnes() {
        assertThat(DEFAULTS).isEqualTo(new PivSettings(List.of(64, 32), 0.5, 16, 1.3, 2.0, 0.1));
    }

    @Test
    void copiesTheListOfWindows() {
        List<Integer> windows = new ArrayList<>(List.of(64, 32));
        PivSettings settings = DEFAULTS.withWindows(windows);

        windows.set(1, 128);

        assertThat(settings.windows()).containsExactly(64, 32);
    }

    @ParameterizedTest
    @ValueSource(ints = {-32, 0, 6, 33, 1026})
    void refusesAWindowOutOfRangeOrOdd(int window) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withWindows(List.of(window)))
                .withMessageContaining("windows holds " + window + " px, a window must be even and from 8 to 1024 px");
    }

    @Test
    void refusesGrowingWindows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withWindows(List.of(32, 64)))
                .withMessageContaining("windows grows from 32 to 64 px");
    }

    @Test
    void refusesNoPassAndTooMany() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withWindows(List.of()))
                .withMessageContaining("windows lists 0 passes, it must list 1 to 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withWindows(Collections.nCopies(11, 32)))
                .withMessageContaining("windows lists 11 passes");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 0.96, 1, Double.NaN})
    void refusesAnOverlapOutOfRange(double overlap) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withOverlap(overlap))
                .withMessage("overlap is " + overlap + ", it must be from 0 to 0.95; 0.5 is usual");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 33})
    void refusesASearchLimitOutOfRange(int limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PivSettings(List.of(64, 32), 0.5, limit, 1.3, 2, 0.1))
                .withMessage("searchLimit is " + limit
                        + " px, it must be 0 or from 4 to 32 (half the first window of 64 px); 0 searches half of each"
                        + " window");
    }

    @Test
    void lowersTheSearchLimitWithTheWindows() {
        assertThat(DEFAULTS.withWindows(List.of(16)).searchLimit()).isEqualTo(8);
    }

    @Test
    void searchesWithinHalfOfEachWindow() {
        assertThat(DEFAULTS.searchRadius(64)).isEqualTo(16);
        assertThat(DEFAULTS.searchRadius(32)).isEqualTo(14);
        assertThat(new PivSettings(List.of(64), 0.5, 0, 1.3, 2, 0.1).searchRadius(64))
                .isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 101, Double.NaN})
    void refusesASignalToNoiseOutOfRange(double ratio) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PivSettings(List.of(32), 0.5, 0, ratio, 2, 0.1))
                .withMessageContaining("minSignalToNoise is " + ratio + ", it must be from 0 to 100");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 101, Double.NaN})
    void refusesAMedianThresholdOrNoiseOutOfRange(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PivSettings(List.of(32), 0.5, 0, 1.3, value, 0.1))
                .withMessageContaining("medianThreshold is " + value + ", it must be above 0 and at most 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PivSettings(List.of(32), 0.5, 0, 1.3, 2, value))
                .withMessageContaining("medianNoise is " + value + " px, it must be above 0 and at most 10");
    }
}
