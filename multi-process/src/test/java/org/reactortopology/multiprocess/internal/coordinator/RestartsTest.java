package org.reactortopology.multiprocess.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartsTest {

    private long now;

    private final Restarts restarts = new Restarts(3, Duration.ofSeconds(10), () -> now);

    @Test
    void theFirstIsReplacedAtOnceAndThenTheWaitDoubles() {
        assertThat(restarts.waitMillis()).isZero();
        long[] waits = {0, 100, 200, 400, 800, 1600, 3200, 5000, 5000};
        for (long wait : waits) {
            restarts.another();
            assertThat(restarts.waitMillis()).isEqualTo(wait);
        }
        restarts.progress();
        assertThat(restarts.waitMillis()).isZero();
    }

    @Test
    void onlyDeathsWithinTheWindowCount() {
        for (int i = 0; i < 3; i++) {
            assertThat(restarts.another()).isTrue();
            now += Duration.ofSeconds(4).toNanos();
        }
        assertThat(restarts.another()).as("the first is 12 s ago").isTrue();
        assertThat(restarts.another()).isFalse();
    }
}
