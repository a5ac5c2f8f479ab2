package org.reactortopology.multiprocess.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {

    private static final long MILLI = 1_000_000L;

    private long now = 42;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void startsWithOneInWorkOneComingAndOneGoing(int threads) {
        Window window = new Window(threads, 1000, () -> now);
        assertThat(window.size()).isEqualTo(2 * threads + 1);
        assertThat(Window.least(threads)).isEqualTo(2 * threads + 1);
    }

    @Test
    void growsToTwentyMillisecondsOfQuickAnswers() {
        Window window = new Window(1, 100_000, () -> now);
        answer(window, 50, 10, 1); // 10 in each millisecond
        assertThat(window.size()).isBetween(200, 201);
    }

    @Test
    void shrinksWithSlowAnswersAndNeverBelowTheLeast() {
        Window window = new Window(2, 100_000, () -> now);
        answer(window, 50, 10, 1);
        int grown = window.size();
        answer(window, 1, 1, 100);
        assertThat(window.size()).isLessThan(grown);
        answer(window, 100, 1, 1000);
        assertThat(window.size()).isEqualTo(5);
    }

    @Test
    void neverGrowsAboveTheMost() {
        Window window = new Window(1, 50, () -> now);
        answer(window, 50, 1000, 1);
        assertThat(window.size()).isEqualTo(50);
    }

    @Test
    void theLeastGoesBeforeTheMost() {
        assertThat(new Window(4, 1, () -> now).size()).isEqualTo(9);
    }

    @Test
    void doesNotJudgeBeforeFiveMilliseconds() {
        Window window = new Window(1, 1000, () -> now);
        now += 4 * MILLI;
        window.answered(100);
        assertThat(window.size()).isEqualTo(3);
        now += MILLI;
        window.answered(100);
        assertThat(window.size()).isBetween(800, 801);
    }

    private void answer(Window window, int times, int items, long everyMillis) {
        for (int i = 0; i < times; i++) {
            now += everyMillis * MILLI;
            window.answered(items);
        }
    }
}
