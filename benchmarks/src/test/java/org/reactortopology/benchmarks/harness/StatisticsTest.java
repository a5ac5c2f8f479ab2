package org.reactortopology.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void takesTheMiddleOne() {
        assertThat(Statistics.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Statistics(3, 4, 1, 9, 3));
    }

    @Test
    void takesTheMeanOfTheTwoInTheMiddle() {
        assertThat(Statistics.of(List.of(1.0, 2.0, 4.0, 100.0)).median()).isEqualTo(3);
    }

    @Test
    void fewSamplesAreAsNoisyAsTheirRange() {
        Statistics few = Statistics.of(List.of(10.0, 11.0, 20.0));

        assertThat(few.noiseLow()).isEqualTo(10);
        assertThat(few.noiseHigh()).isEqualTo(20);
    }

    @Test
    void anOutlierAmongMoreSamplesIsNotTheNoise() {
        Statistics more = Statistics.of(List.of(10.0, 11.0, 12.0, 13.0, 100.0));

        assertThat(more.noiseLow()).isEqualTo(10);
        assertThat(more.noiseHigh()).isCloseTo(12 + 2 * 1.4826, within(1e-9));
    }

    @Test
    void refusesNoSamples() {
        assertThatThrownBy(() -> Statistics.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
