package org.reactortopology.test;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.async;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.Deadline;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

class FaultsTest {

    private static final Duration DAY = Duration.ofDays(1);

    /** Keys 0 to 4; each work in another role or of another kind. */
    private static Topology<Long> topology() {
        return Topology.named("faulty")
                .source("numbers", Series.range(0, 5, 1))
                .map("read", io((Long n) -> n).timeout(ofSeconds(30)))
                .mapKeyed("key", (key, n) -> n + key.length())
                .filter("keep", cpu(n -> true))
                .map("ask", async((Long n) -> Mono.just(10 * n)).timeout(ofMinutes(1)))
                .map("save", io((Long n) -> n + 1))
                .build();
    }

    static List<TopologyExecutor> executors() {
        return List.of(ImmediateExecutor.create(), SequentialExecutor.create(), ParallelExecutor.threads(2));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void worksOfEveryKindFailForTheirKeys(TopologyExecutor executor) {
        TopologyVerifier.of(topology())
                .with(executor)
                .faults(Faults.none()
                        .failOn("read", "0")
                        .failOn("key", "1")
                        .failWith("keep", "2", () -> new FileNotFoundException("gone"))
                        .failOn("ask", "3"))
                .expectFailed("0", "read", InjectedFault.class)
                .expectFailed("1", "key", InjectedFault.class)
                .expectFailed("2", "keep", FileNotFoundException.class)
                .expectOutcome(
                        "3",
                        outcome -> assertThat(((Outcome.Failed<Long>) outcome).summary())
                                .isEqualTo("work 'ask' failed for key '3': injected fault in work 'ask' for key '3'"))
                .expectDone("4", 51L)
                .expectComplete()
                .verify();
    }

    @Test
    void theTopologyItselfStaysWhole() {
        Topology<Long> whole = topology();
        Faults.none().failOnAll("read").apply(whole);

        RunReport report = SequentialExecutor.create().run(whole).execute().block(ofSeconds(30));

        assertThat(report.counts().done()).isEqualTo(5);
    }

    @Test
    void delaysAndHangsOfAllKindsPassOnTheVirtualClock() {
        TopologyVerifier.of(topology())
                .withVirtualTime()
                .inOrder()
                .faults(Faults.none()
                        .delay("read", "0", ofSeconds(20))
                        .hangOn("read", "1")
                        .delay("ask", "2", ofSeconds(40))
                        .hangOn("ask", "3")
                        .delay("save", "4", DAY))
                .expectNothingFor(ofSeconds(20).minusMillis(1))
                .thenAwait(ofMillis(1))
                .expectDone("0", 11L)
                .expectNothingFor(ofSeconds(30).minusMillis(1))
                .thenAwait(ofMillis(1))
                .expectTimedOut("1", "read")
                .thenAwait(ofSeconds(40))
                .expectDone("2", 31L)
                .thenAwait(ofMinutes(1))
                .expectTimedOut("3", "ask")
                .thenAwait(DAY)
                .expectDone("4", 51L)
                .expectComplete()
                .verify();
    }

    @Test
    void aHangShowsNoProgress() {
        Topology<Long> watched = Topology.named("watched")
                .source("numbers", Series.range(0, 2, 1))
                .map("read", io((Long n) -> n).silence(ofSeconds(5)).timeout(ofSeconds(30)))
                .build();

        TopologyVerifier.of(watched)
                .withVirtualTime()
                .faults(Faults.none().hangOn("read", "1"))
                .expectDone("0", 0L)
                .expectNothingFor(ofSeconds(5).minusMillis(1))
                .thenAwait(ofMillis(1))
                .expectTimedOut("1", "read", Deadline.SILENCE)
                .expectComplete()
                .verify();
    }

    @Test
    void aHangOnAThreadIsInterruptedByTheTimeoutAndByTheEndOfTheRun() {
        Topology<Long> impatient = Topology.named("impatient")
                .source("numbers", Series.range(0, 2, 1))
                .map("limited", io((Long n) -> n).timeout(ofMillis(1000)))
                .map("endless", cpu((Long n) -> n))
                .build();
        for (TopologyExecutor executor : List.of(SequentialExecutor.create(), ParallelExecutor.threads(2))) {
            TopologyVerifier.of(impatient)
                    .with(executor)
                    .faults(Faults.none().hangOn("limited", "0").hangOn("endless", "1"))
                    .expectTimedOut("0", "limited")
                    .thenCancel()
                    .expectNoLeak()
                    .verify();
        }
    }

    @Test
    void aDelayOnAThreadIsOver() {
        TopologyVerifier.of(topology())
                .with(ParallelExecutor.threads(2))
                .faults(Faults.none().delayAll("read", ofMillis(5)))
                .expectDone("0")
                .expectDone("1")
                .expectDone("2")
                .expectDone("3")
                .expectDone("4")
                .expectComplete()
                .verify();
    }

    @ParameterizedTest
    @MethodSource("executors")
    void theFirstAttemptsFailAndTheNextDoesNot(TopologyExecutor executor) {
        Topology<Long> stubborn = Topology.named("stubborn")
                .source("numbers", Series.range(0, 2, 1))
                .map("try", cpu((Long n) -> n).retry(Retry.max(2)))
                .build();

        TopologyVerifier.of(stubborn)
                .with(executor)
                .faults(Faults.none().failFirst("try", "0", 2).failFirst("try", "1", 3))
                .expectDone("0", 0L)
                .expectFailed("1", "try", InjectedFault.class)
                .expectComplete()
                .verify();
    }

    @Test
    void aNameThatIsNoWorkIsRefused() {
        assertThatThrownBy(() -> Faults.none().hangOn("raed", "0").apply(topology()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("has no work 'raed'", "its works are [read, key, keep, ask, save]");
    }

    @Test
    void faultsAreData() {
        Faults faults = Faults.none().failOn("read", "0", "1").delay("ask", "2", DAY);

        assertThat(Faults.of(faults.all()).all()).isEqualTo(faults.all());
        assertThat(faults.all().get(1)).isEqualTo(new Fault.Delay("ask", java.util.Set.of("2"), DAY));
    }

    @Test
    void aSlowConsumerTakesOneAfterTheOther() {
        StepVerifier.withVirtualTime(() -> Flux.range(0, 3).transform(Faults.slowConsumer(ofSeconds(1))))
                .expectSubscription()
                .expectNoEvent(ofSeconds(1))
                .expectNext(0)
                .expectNoEvent(ofSeconds(1))
                .expectNext(1)
                .thenAwait(ofSeconds(1))
                .expectNext(2)
                .verifyComplete();
        TopologyVerifier.of(topology())
                .withVirtualTime()
                .slowConsumer(ofSeconds(1))
                .inOrder()
                .thenAwait(ofSeconds(1))
                .expectDone("0")
                .expectNothingFor(ofMillis(999))
                .thenAwait(ofMillis(1))
                .expectDone("1")
                .thenCancel()
                .verify();
    }
}
