package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TicksTest {

    @Test
    void choosesRoundNumbersInsideTheRange() {
        assertThat(labels(-0.5, 511.5, 8)).containsExactly("0", "100", "200", "300", "400", "500");
        assertThat(labels(0, 5.3, 8)).containsExactly("0", "1", "2", "3", "4", "5");
        assertThat(labels(1.6, 3.9, 8)).containsExactly("2.0", "2.5", "3.0", "3.5");
        assertThat(labels(0, 1, 10))
                .containsExactly("0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1.0");
        assertThat(labels(0, 0.0007, 4)).containsExactly("0.0000", "0.0002", "0.0004", "0.0006");
        assertThat(labels(0, 1, 1)).containsExactly("0", "1");
    }

    private static List<String> labels(double low, double high, int most) {
        Ticks ticks = Ticks.between(low, high, most);
        return ticks.values().stream().map(ticks::label).toList();
    }
}
