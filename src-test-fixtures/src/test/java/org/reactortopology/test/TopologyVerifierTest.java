package org.reactortopology.test;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.cpu;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactortopology.Deadline;
import org.reactortopology.DuplicateKeyException;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.SourceFailedException;
import org.reactortopology.Topology;
import reactor.test.StepVerifier;

class TopologyVerifierTest extends VerifiedTopologies {

    @Test
    void eachKeyEndsAsExpectedInAnyOrder() {
        RunReport report = TopologyVerifier.of(division())
                .thenGive(4L)
                .thenGive(0L)
                .thenGive("seven", 7L)
                .thenGive(-50L)
                .expectSkipped("seven")
                .expectDone("n-50", -2L)
                .expectFailed("n0", "divide")
                .expectDone("n4")
                .expectComplete()
                .expectResult(SUM, 23L)
                .expectResultSatisfies(SUM, sum -> assertThat(sum).isPositive())
                .expectReport(all -> assertThat(all.counts().taken()).isEqualTo(4))
                .expectNoLeak()
                .verify();

        assertThat(report.state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void everyExecutorCanBeVerified() {
        for (var executor : List.of(SequentialExecutor.create(), ParallelExecutor.threads(2))) {
            TopologyVerifier.of(numbers(3))
                    .with(executor)
                    .expectDone("2", 4L)
                    .expectDone("0", 0L)
                    .expectDone("1", 2L)
                    .expectComplete()
                    .expectNoLeak()
                    .verify();
        }
    }

    @Test
    void mismatchesMissingAndUnexpectedKeysAreAllListed() {
        assertThatThrownBy(() -> TopologyVerifier.of(division())
                        .thenGive(4L)
                        .thenGive(0L)
                        .thenGive(5L)
                        .expectDone("n4", 26L)
                        .expectFailed("n0", "divide", IllegalStateException.class)
                        .expectDone("n6")
                        .expectComplete()
                        .verify())
                .isInstanceOf(AssertionError.class)
                .hasMessage("Topology[division] by ImmediateExecutor: expected in any order:"
                        + "\n  mismatch: key 'n4': expected Done(26), but came Done(25)"
                        + "\n  mismatch: key 'n0': expected Failed in work 'divide' with"
                        + " java.lang.IllegalStateException, but came Failed in work 'divide' with"
                        + " java.lang.ArithmeticException: / by zero"
                        + "\n  missing:  key 'n6': expected Done, and nothing came"
                        + "\n  unexpected: key 'n5': Done(20)");
    }

    @Test
    void anEarlyEndSaysWhatIsMissing() {
        assertFails(TopologyVerifier.of(numbers(1))
                        .expectDone("0", 0L)
                        .expectDone("1", 2L)
                        .expectComplete())
                .contains(
                        "ok:       key '0'",
                        "missing:  key '1': expected Done(2), and nothing came",
                        "the run completed");
    }

    @Test
    void moreOutcomesThanExpectedAreListed() {
        assertFails(TopologyVerifier.of(numbers(3)).expectDone("0", 0L).expectComplete())
                .contains(
                        "expected the run to complete, but more outcomes came",
                        "unexpected: key '1': Done(2)",
                        "unexpected: key '2': Done(4)",
                        "the run completed");
    }

    @Test
    void orderIsKeptWhereAskedFor() {
        TopologyVerifier.of(numbers(4))
                .inOrder()
                .expectDone("0")
                .expectDone("1")
                .inAnyOrder()
                .expectDone("3")
                .expectDone("2")
                .expectComplete()
                .verify();

        assertFails(TopologyVerifier.of(numbers(2))
                        .inOrder()
                        .expectDone("1")
                        .expectDone("0")
                        .expectComplete())
                .contains("expected in this order", "key '1': expected Done, but came key '0': Done(0)");
    }

    @Test
    void eachKindOfOutcomeCanBeExpectedAndMissed() {
        Topology<Long> children = Topology.named("children")
                .source("numbers", Series.range(1, 2, 1))
                .flatMap("split", cpu((Long n) -> List.of(n, n)))
                .build();
        TopologyVerifier.of(children)
                .expectConsumed("1")
                .expectDone("1/0", 1L)
                .expectOutcome("1/1", outcome -> assertThat(outcome).isEqualTo(new Outcome.Done<>("1/1", 0, 1L)))
                .expectComplete()
                .verify();

        assertFails(TopologyVerifier.of(numbers(1)).expectConsumed("0").expectComplete())
                .contains("key '0': expected Consumed, but came Done(0)");
        assertFails(TopologyVerifier.of(numbers(1)).expectSkipped("0").expectComplete())
                .contains("key '0': expected Skipped, but came Done(0)");
        assertFails(TopologyVerifier.of(numbers(1)).expectCrashed("0").expectComplete())
                .contains("key '0': expected Crashed, but came Done(0)");
        assertFails(TopologyVerifier.of(numbers(1)).expectTimedOut("0", "twice").expectComplete())
                .contains("key '0': expected TimedOut in work 'twice', but came Done(0)");
        assertFails(TopologyVerifier.of(numbers(1))
                        .expectTimedOut("0", "twice", Deadline.SILENCE)
                        .expectComplete())
                .contains("key '0': expected TimedOut in work 'twice' by SILENCE, but came Done(0)");
        assertFails(TopologyVerifier.of(numbers(1)).expectFailed("0", "twice").expectComplete())
                .contains("key '0': expected Failed in work 'twice', but came Done(0)");
        assertFails(TopologyVerifier.of(numbers(1))
                        .expectOutcome(
                                "0", outcome -> assertThat(outcome.index()).isEqualTo(8L))
                        .expectComplete())
                .contains("key '0': expected an outcome that passes the given check, but came Done(0)", "8L");
    }

    @Test
    void theRunItselfFailsAsExpected() {
        TopologyVerifier.of(division())
                .thenGive(4L)
                .thenFailSource(new IllegalStateException("broken"))
                .expectDone("n4")
                .expectError(SourceFailedException.class)
                .verify();
        TopologyVerifier.of(division())
                .thenGive("k", 4L)
                .thenGive("k", 5L)
                .expectOutcome("k", outcome -> {})
                .expectOutcome("k", outcome -> {})
                .expectComplete()
                .verify(); // an input's key may come again when it is not under way any more
        assertFails(TopologyVerifier.of(division())
                        .thenGive(4L)
                        .thenFailSource(new IllegalStateException("broken"))
                        .expectDone("n4")
                        .expectError(DuplicateKeyException.class))
                .contains("expected the run to fail with " + DuplicateKeyException.class.getName(), "broken");
        assertFails(TopologyVerifier.of(numbers(0)).expectError(SourceFailedException.class))
                .contains("expected the run to fail with", "but the run completed");
        assertFails(TopologyVerifier.of(numbers(0))
                        .expectErrorSatisfies(error -> assertThat(error).hasMessage("x")))
                .contains("but the run completed");
        assertFails(TopologyVerifier.of(division())
                        .thenFailSource(new IllegalStateException("broken"))
                        .expectComplete())
                .contains("expected the run to complete, but the run failed with", "broken");
    }

    @Test
    void aWrongResultIsShown() {
        assertFails(TopologyVerifier.of(division())
                        .thenGive(4L)
                        .expectDone("n4")
                        .expectComplete()
                        .expectResult(SUM, 24L))
                .contains("expected aggregate 'sum' to come to 24, but it came to 25");
        assertFails(TopologyVerifier.of(numbers(0)).expectComplete().expectResult(SUM, 0L))
                .contains("has no result of an aggregate 'sum'");
    }

    @Test
    void whatCannotBeGivenIsRefusedAtOnce() {
        assertThatThrownBy(() -> TopologyVerifier.of(division()).thenGive("text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes java.lang.Long from 'numbers', not text of java.lang.String");
        assertThatThrownBy(() -> TopologyVerifier.of(numbers(1)).thenGive(5L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give 5 with a key");
    }

    @Test
    void aGivenItemTakesThePlaceOfASeries() {
        TopologyVerifier.of(numbers(1000))
                .thenGive("a", 3L)
                .expectDone("a", 6L)
                .expectComplete()
                .verify();
    }

    @Test
    void aVerificationCanBeRepeated() {
        VerifierEnding<Long> ending = TopologyVerifier.of(division())
                .thenGive(4L)
                .expectDone("n4", 25L)
                .expectComplete();

        ending.verify();
        ending.verify();
    }

    @Test
    void aPlainStepVerifierDoesAsWell() {
        StepVerifier.create(ImmediateExecutor.create().run(numbers(2)).outcomes())
                .expectNext(new Outcome.Done<>("0", 0, 0L))
                .expectNext(new Outcome.Done<>("1", 1, 2L))
                .verifyComplete();

        Topology<Long> slow = Faults.none().delayAll("twice", ofMinutes(1)).apply(numbers(1));
        StepVerifier.withVirtualTime(() -> ImmediateExecutor.create().run(slow).outcomes())
                .expectSubscription()
                .expectNoEvent(ofSeconds(59))
                .thenAwait(ofSeconds(1))
                .expectNext(new Outcome.Done<>("0", 0, 0L))
                .verifyComplete();
    }
}
