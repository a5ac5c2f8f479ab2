package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.job.JobPlan;

@Timeout(60)
class PlanCommandTest {

    @Test
    void aPlanIsPrinted() {
        FakeJob job = FakeJob.of()
                .planned(mode -> new JobPlan(
                        mode,
                        OptionalLong.of(12),
                        OptionalLong.of(1),
                        List.of("a", "b"),
                        List.of("c"),
                        List.of("old"),
                        ""));
        Calls calls = new Calls(job);

        assertThat(calls.call("plan", "dir")).isZero();
        assertThat(calls.out().lines())
                .containsExactly(
                        "resume would run 12 items and skip 1 item",
                        "run: a, b, and 10 more",
                        "skip: c",
                        "gone from the source: old");
        assertThat(calls.call("plan", "dir", "--only", "a,b", "--json")).isZero();
        assertThat(calls.json().get("mode").stringValue()).isEqualTo("ONLY");
        assertThat(calls.call("plan", "dir", "--mode", "ask")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void aPlanThatWouldBeRefusedIsExitCodeTwo() {
        FakeJob job = FakeJob.of()
                .planned(mode -> new JobPlan(
                        mode,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        "it has changed"));
        Calls calls = new Calls(job);

        assertThat(calls.call("plan", "dir", "--mode", "retry-failed")).isEqualTo(ExitCodes.USAGE);
        assertThat(calls.out()).isEqualToIgnoringNewLines("retry-failed would be refused: it has changed");
    }
}
