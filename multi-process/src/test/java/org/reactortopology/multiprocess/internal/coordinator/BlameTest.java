package org.reactortopology.multiprocess.internal.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.reactortopology.multiprocess.internal.coordinator.Blame.Verdict;
import org.reactortopology.spi.Item;

class BlameTest {

    private static final WorkerEnding SIGKILL = ending(137);
    private static final WorkerEnding EXIT = ending(7);

    private final Flight flight = new Flight(Item.of("k", 0, "value"), 0);

    @Test
    void whatWaitedIsNeverASuspect() {
        flight.given(1, false);
        for (int i = 0; i < 10; i++) {
            assertThat(Blame.judge(flight, false, EXIT)).isEqualTo(Verdict.AGAIN);
        }
        assertThat(flight.attempts()).isZero();
    }

    @Test
    void aSuspectIsRunOnceAmongOthersThenAloneThenGuilty() {
        flight.given(1, false);
        assertThat(Blame.judge(flight, true, EXIT)).isEqualTo(Verdict.AGAIN);
        assertThat(Blame.judge(flight, true, EXIT)).isEqualTo(Verdict.ALONE);
        flight.given(1, true);
        assertThat(Blame.judge(flight, true, EXIT)).isEqualTo(Verdict.GUILTY);
        assertThat(flight.attempts()).isEqualTo(3);
    }

    @Test
    void aSignalThatAnyoneMaySendMustBeSeenThreeTimes() {
        flight.given(1, true);
        assertThat(Blame.judge(flight, true, SIGKILL)).isEqualTo(Verdict.ALONE);
        assertThat(Blame.judge(flight, true, SIGKILL)).isEqualTo(Verdict.ALONE);
        assertThat(Blame.judge(flight, true, SIGKILL)).isEqualTo(Verdict.GUILTY);
    }

    @Test
    void whatWasAloneButNotBegunIsTriedAgain() {
        flight.given(1, true);
        assertThat(Blame.judge(flight, false, EXIT)).isEqualTo(Verdict.ALONE);
        assertThat(Blame.judge(flight, true, EXIT)).isEqualTo(Verdict.GUILTY);
    }

    @Test
    void anEndingThatWasNotSeenMayHaveComeFromOutside() {
        assertThat(WorkerEnding.unseen("?").mayComeFromOutside()).isTrue();
        assertThat(ending(143).mayComeFromOutside()).isTrue();
        assertThat(ending(139).mayComeFromOutside()).isFalse();
    }

    private static WorkerEnding ending(int code) {
        return new WorkerEnding(OptionalInt.of(code), "exit code " + code, Optional.empty(), "");
    }
}
