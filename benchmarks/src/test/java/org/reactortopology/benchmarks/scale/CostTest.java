package org.reactortopology.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CostTest {

    private static final double CLOSE = 1e-9;

    @Test
    void anItemThatFindsTheThreadIdleCostsAWakeUp() {
        Cost cost = new Cost(2, 40);

        assertThat(cost.microsAt(0)).isEqualTo(42);
        assertThat(cost.microsAt(10_000)).isCloseTo(42 / 1.4, within(CLOSE));
    }

    @Test
    void itemsThatComeTogetherShareAWakeUp() {
        assertThat(new Cost(2, 40).microsAt(0, 10)).isEqualTo(6);
    }

    @Test
    void atMostTheThreadIsNeverIdle() {
        Cost cost = new Cost(2, 40);

        assertThat(cost.mostPerSecond()).isEqualTo(500_000);
        assertThat(cost.microsAt(500_000)).isCloseTo(2, within(CLOSE));
        assertThat(cost.microsAt(1e9)).isCloseTo(2, within(CLOSE));
    }

    @Test
    void isFoundFromWhatWasMeasured() {
        Cost cost = new Cost(2, 40);

        assertThat(Cost.of(2, 10_000, cost.microsAt(10_000)).wakeMicros()).isCloseTo(40, within(CLOSE));
    }

    @Test
    void aWakeUpCostsNothingLessThanNothing() {
        assertThat(Cost.of(5, 10_000, 3).wakeMicros()).isZero();
    }
}
