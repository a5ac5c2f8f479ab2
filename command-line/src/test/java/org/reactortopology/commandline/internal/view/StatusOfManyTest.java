package org.reactortopology.commandline.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.JobStatus.Now;
import org.reactortopology.job.JobStatus.State;

/** Items that become others: the bar is of those of the source. */
class StatusOfManyTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void aRunningJobIsAsFarAsItsSource() {
        Now now = new Now(NOW, 600, 1500, 0, 0, 1000, Duration.ofSeconds(50), 10, List.of(), List.of(), List.of());

        assertThat(view(State.RUNNING, 500, Optional.of(now)))
                .anyMatch(line -> line.contains("500 of 1,000 (50 %), 10.0/s, 50 s left"));
    }

    @Test
    void anEndedJobIsAsFarAsItsSource() {
        assertThat(view(State.COMPLETED, 1000, Optional.empty()))
                .anyMatch(line -> line.contains("1,000 of 1,000 (100 %)"))
                .anyMatch(line -> line.contains("2,000 of these made of others"));
    }

    private static List<String> view(State state, long parents, Optional<Now> now) {
        JobStatus status = new JobStatus(
                Path.of("twins-job"),
                "twins",
                1,
                JobMode.Kind.FRESH,
                state,
                "pid 1 on host",
                "parallel",
                NOW.minusSeconds(50),
                state == State.RUNNING ? Optional.empty() : Optional.of(NOW),
                Map.of(ItemState.CONSUMED, parents, ItemState.DONE, 2 * parents),
                Map.of(ItemState.DONE, 2 * parents),
                OptionalLong.of(1000),
                now,
                Optional.empty());
        return new StatusView(status, NOW, ZoneOffset.UTC, 200, false).threeLines();
    }
}
