package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bounds of settings. */
class MultiProcessBuilderTest {

    @Test
    void theOutcomesThatMayWaitFollowTheWorkersUnlessTheyAreGiven() {
        MultiProcessBuilder settings = MultiProcessExecutor.builder();
        assertThat(settings.outcomeBuffer(1)).isEqualTo(4096);
        assertThat(settings.outcomeBuffer(2)).isEqualTo(4096);
        assertThat(settings.copy().outcomeBuffer(8)).isEqualTo(16_384);
        assertThat(settings.outcomeBuffer(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(settings.outcomeBuffer(10, 1000).copy().outcomeBuffer(8)).isEqualTo(10);
    }

    @Test
    void outcomesAreHeldForUpToASecond() {
        MultiProcessBuilder settings = MultiProcessExecutor.builder();
        assertThat(settings.outcomeHold).isEqualTo(Duration.ofMillis(5));
        assertThat(settings.outcomeHold(Duration.ZERO).copy().outcomeHold).isZero();
        assertThat(settings.outcomeHold(Duration.ofSeconds(1)).copy().outcomeHold)
                .isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(() -> settings.outcomeHold(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outcomeHold is PT-0.000000001S: it must be from 0 to PT1S");
        assertThatThrownBy(() -> settings.outcomeHold(Duration.ofMillis(1001)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
