package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.reactortopology.RunReport.Counts;

class OutcomeTest {

    private static final StackTraceElement[] TRACE = {new StackTraceElement("a.B", "c", "B.java", 7)};

    @Test
    void theSummaryNamesWorkKeyAndCause() {
        assertThat(failed(new IllegalArgumentException("too small")).summary())
                .isEqualTo("work 'read' failed for key 'img7': too small");
        assertThat(failed(new IllegalArgumentException()).summary())
                .isEqualTo("work 'read' failed for key 'img7': java.lang.IllegalArgumentException");
        assertThat(failed(new IllegalArgumentException(" ")).summary())
                .isEqualTo("work 'read' failed for key 'img7': java.lang.IllegalArgumentException");
        assertThat(failed(new RemoteFailure("x.Y", null, TRACE, null)).summary())
                .isEqualTo("work 'read' failed for key 'img7': x.Y");
    }

    @Test
    void theTypeOfACauseIsTheSameWhereverItWasThrown() {
        assertThat(failed(new java.io.IOException("x")).causeType()).isEqualTo("java.io.IOException");
        assertThat(failed(new RemoteFailure("java.io.IOException", "x", TRACE, null))
                        .causeType())
                .isEqualTo("java.io.IOException");
    }

    @Test
    void aDeadlineIsSummedUp() {
        Duration second = Duration.ofSeconds(1);
        Outcome.TimedOut<Long> total = new Outcome.TimedOut<>("k", 0, "w", second, second.plusMillis(2));
        assertThat(total.deadline()).isEqualTo(Deadline.TOTAL);
        assertThat(total.summary()).isEqualTo("work 'w' took too long for key 'k': 1002 ms, where 1000 ms are allowed");
        assertThat(new Outcome.TimedOut<>("k", 0, "w", Deadline.SILENCE, second, second).summary())
                .isEqualTo("work 'w' was silent too long for key 'k': 1000 ms, where 1000 ms are allowed");
    }

    @Test
    void failuresAreTold() {
        assertThat(failed(new AssertionError()).isFailure()).isTrue();
        assertThat(new Outcome.TimedOut<>("k", 0, "w", Duration.ZERO, Duration.ZERO).isFailure())
                .isTrue();
        assertThat(new Outcome.Crashed<>("k", 0, "exit code 137").isFailure()).isTrue();
        assertThat(new Outcome.Skipped<>("k", 0, "done before").isFailure()).isFalse();
        assertThat(new Outcome.Done<>("k", 0, 1).isFailure()).isFalse();
    }

    @Test
    void anOutcomeHasAllItsParts() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Outcome.Done<>(null, 0, 1))
                .withMessage("key");
        assertThatNullPointerException()
                .isThrownBy(() -> new Outcome.Done<>("k", 0, null))
                .withMessage("value");
        assertThatNullPointerException()
                .isThrownBy(() -> new Outcome.Failed<>("k", 0, null, new AssertionError()))
                .withMessage("work");
        assertThatNullPointerException()
                .isThrownBy(() -> new Outcome.Failed<>("k", 0, "w", null))
                .withMessage("cause");
    }

    @Test
    void aRemoteFailureIsThatOfTheOtherProcess() {
        RemoteFailure cause = new RemoteFailure("x.Cause", "deeper", TRACE, null);
        RemoteFailure failure = new RemoteFailure("x.Y", "too small", TRACE, cause);

        assertThat(failure)
                .hasToString("(in a worker) x.Y: too small")
                .hasMessage("too small")
                .hasCause(cause);
        assertThat(failure.getStackTrace()).containsExactly(TRACE);
        assertThat(failure.originalType()).isEqualTo("x.Y");
        assertThat(new RemoteFailure("x.Y", null, TRACE, null)).hasToString("(in a worker) x.Y");
    }

    @Test
    void countsAddUp() {
        Counts counts = new Counts(100, 50, 1, 2, 3, 4);

        assertThat(counts.failures()).isEqualTo(6);
        assertThat(counts.ended()).isEqualTo(60);
        assertThat(counts.unfinished()).isEqualTo(40);
        assertThat(new Progress(OptionalLong.empty(), 9, 1, 2, 3, Duration.ZERO).ended())
                .isEqualTo(6);
    }

    @Test
    void theSummaryOfAReportIsOneLine() {
        RunReport report = new RunReport(
                "piv",
                RunState.CANCELLED,
                new Counts(100, 50, 1, 2, 3, 4),
                Duration.ofMillis(1234),
                List.of(),
                List.of(),
                Optional.empty());

        assertThat(report.summary())
                .isEqualTo("topology 'piv' cancelled: 50 done, 6 failed, 4 skipped, 40 unfinished in 1234 ms");
    }

    private static Outcome.Failed<Object> failed(Throwable cause) {
        return new Outcome.Failed<>("img7", 7, "read", cause);
    }
}
