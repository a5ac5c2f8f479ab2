package org.reactortopology.commandline.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reactortopology.Progress;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class LiveProgressTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Sinks.Many<Progress> counts = Sinks.many().replay().latest();
    private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    private final StringWriter told = new StringWriter();

    @Test
    void elsewhereALineIsToldEveryTenSeconds() {
        LiveProgress shown = shown(false);
        count(1);
        time.advanceTimeBy(Duration.ofMillis(9_999));
        assertThat(told.toString()).isEmpty();

        time.advanceTimeBy(Duration.ofMillis(1));
        count(3);
        time.advanceTimeBy(Duration.ofSeconds(10));
        shown.close();
        count(4);

        assertThat(told.toString().lines())
                .containsExactly(
                        "piv: 1 of 4 pairs (25 %), 6.0/min, 30 s left", "piv: 3 of 4 pairs (75 %), 9.0/min, 7 s left");
        assertThat(counts.currentSubscriberCount()).isZero();
    }

    @Test
    void aBarStandsAtTheLastCountsWhenItEnds() {
        LiveProgress shown = shown(true);
        count(1);
        time.advanceTimeBy(Duration.ofMillis(200));
        count(4); // no look comes behind it

        shown.close();

        assertThat(drawn.toString(StandardCharsets.UTF_8)).contains("100%").contains("4/4 pairs");
        assertThat(told.toString()).isEmpty();
        assertThat(counts.currentSubscriberCount()).isZero();
    }

    private LiveProgress shown(boolean terminal) {
        ProgressBarOnTerminal bar = terminal
                ? new ProgressBarOnTerminal(
                        "piv", "pairs", new PrintStream(drawn, true, StandardCharsets.UTF_8), this::nanos)
                : null;
        ProgressLines lines = new ProgressLines("piv", "pairs", new PrintWriter(told), this::nanos);
        return LiveProgress.of(counts.asFlux(), bar, lines, time);
    }

    private long nanos() {
        return time.now(TimeUnit.NANOSECONDS);
    }

    private void count(long done) {
        counts.tryEmitNext(new Progress(OptionalLong.of(4), 4, done, 0, 0, 0, Duration.ZERO))
                .orThrow();
    }
}
