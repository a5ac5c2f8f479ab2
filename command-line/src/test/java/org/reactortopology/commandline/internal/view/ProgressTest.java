package org.reactortopology.commandline.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.reactortopology.Progress;

class ProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5 * SECOND); // runs over, as nanoTime may
    private final StringWriter told = new StringWriter();
    private final ProgressLines lines = new ProgressLines("piv", "pairs", new PrintWriter(told), nanos::get);

    @Test
    void skippedItemsCountAsProgressAndNotAsRate() {
        tell(10, progress(100, 20, 0, 60));

        assertThat(told.toString()).isEqualToIgnoringNewLines("piv: 80 of 100 pairs (80 %), 2.0/s, 10 s left");
    }

    @Test
    void failuresAreToldAndCountAsRate() {
        tell(10, progress(100, 19, 1, 0));

        assertThat(told.toString())
                .isEqualToIgnoringNewLines("piv: 20 of 100 pairs (20 %), 1 failed, 2.0/s, 40 s left");
    }

    @Test
    void withoutATotalThereIsNoTimeLeft() {
        nanos.addAndGet(10 * SECOND);
        lines.note(new Progress(OptionalLong.empty(), 40, 30, 0, 0, Duration.ofSeconds(10)));
        lines.tell();

        assertThat(told.toString()).isEqualToIgnoringNewLines("piv: 30 pairs, 3.0/s");
    }

    @Test
    void nothingIsToldBeforeThereIsASnapshot() {
        lines.tell();

        assertThat(told.toString()).isEmpty();
    }

    @Test
    void theRateIsThatOfTheLastMinute() {
        Pace pace = new Pace(nanos.get());
        double rate = 0;
        for (int second = 1; second <= 600; second++) {
            long ran = second <= 300 ? 10L * second : 3000 + 2L * (second - 300);
            rate = pace.perSecond(nanos.addAndGet(SECOND), ran);
        }

        assertThat(rate).isEqualTo(2.0);
    }

    @Test
    void aRunThatStandsStillGetsSlower() {
        Pace pace = new Pace(nanos.get());
        pace.perSecond(nanos.addAndGet(10 * SECOND), 100);

        assertThat(pace.perSecond(nanos.addAndGet(10 * SECOND), 100)).isEqualTo(5.0);
        assertThat(pace.perSecond(nanos.addAndGet(120 * SECOND), 100)).isZero();
    }

    private void tell(int seconds, Progress progress) {
        nanos.addAndGet(seconds * SECOND);
        lines.note(progress);
        lines.tell();
    }

    private static Progress progress(long total, long done, long failed, long skipped) {
        return new Progress(OptionalLong.of(total), total, done, failed, skipped, Duration.ZERO);
    }
}
