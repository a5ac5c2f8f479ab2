package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.job.JobStatus.State;

@Timeout(60)
class WatchCommandTest {

    @Test
    void watchShowsTheEndWhenItComes() {
        Calls calls = new Calls(FakeJob.of(
                Statuses.running(24, 11, 1, 0),
                Statuses.running(24, 12, 1, 0),
                Statuses.ended(24, 13, 1, State.KILLED)));

        assertThat(calls.call("watch", "dir", "--interval", "0.1")).isEqualTo(ExitCodes.BROKEN);

        assertThat(calls.out().lines())
                .containsExactly(
                        "2026-11-22T10:04:05Z piv: running, 12 of 24 (50 %), 1 failed, 1.7/s, 7 s left",
                        "2026-11-22T10:04:05Z piv: running, 13 of 24 (54 %), 1 failed, 1.9/s, 6 s left",
                        "2026-11-22T10:04:05Z piv: killed, 14 of 24 (58 %), 1 failed",
                        "its owner, pid 4711 on host, has died",
                        "go on: reactor-topology resume piv-out");
    }

    @Test
    void watchDrawsInPlaceOnATerminal() {
        Calls calls = new Calls(FakeJob.of(Statuses.running(24, 11, 1, 0), Statuses.ended(24, 24, 0, State.COMPLETED)))
                .columns(80);

        assertThat(calls.call("watch", "dir", "--interval", "0.1")).isZero();

        assertThat(calls.out())
                .startsWith("\u001b[?25lpiv: running for 1 h 2 min")
                .contains("A\rpiv: completed");
        assertThat(calls.out().stripTrailing()).endsWith("\u001b[?25h");
    }

    @Test
    void aLowTerminalShowsWhatFits() {
        Calls calls = new Calls(FakeJob.of(Statuses.running(24, 11, 1, 0)))
                .columns(80)
                .rows(8);

        calls.call("watch", "--once", "dir");

        assertThat(calls.out().lines()).hasSize(7).last().asString().matches("\\(\\d+ more lines: .*\\)");
    }
}
