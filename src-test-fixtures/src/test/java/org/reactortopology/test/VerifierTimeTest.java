package org.reactortopology.test;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Capacity.bounded;
import static org.reactortopology.Work.async;
import static org.reactortopology.Work.cpu;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.Work;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a verifier sees of demand, time, queues and threads. */
class VerifierTimeTest extends VerifiedTopologies {

    @Test
    void outcomesComeAsTheyAreRequested() {
        TopologyVerifier.of(numbers(3))
                .initialRequest(0)
                .expectNothingFor(ofMillis(20))
                .thenRequest(1)
                .expectDone("0")
                .thenRequest(2)
                .expectDone("1")
                .expectDone("2")
                .expectComplete()
                .verify();
    }

    @Test
    void theClockIsStepped() {
        Topology<String> slow = Topology.named("slow")
                .input("words", String.class, word -> word)
                .map(
                        "wait",
                        async((String word) -> Mono.delay(ofMinutes(5)).thenReturn(word + "!"))
                                .concurrency(1))
                .build();

        TopologyVerifier.of(slow)
                .withVirtualTime()
                .thenGive("a")
                .thenGive("b")
                .expectNothingFor(ofMinutes(4))
                .thenAwait(ofMinutes(1))
                .expectDone("a", "a!")
                .thenAwait(ofMinutes(5))
                .expectDone("b", "b!")
                .expectComplete()
                .verify(ofSeconds(30));
    }

    @Test
    void somethingThatComesTooSoonIsTold() {
        Topology<Long> ticking = Topology.named("ticking")
                .source("ticks", Flux.defer(() -> Flux.interval(ofMinutes(5))), n -> "n" + n)
                .map("same", cpu((Long n) -> n))
                .build();

        assertFails(TopologyVerifier.of(ticking)
                        .withVirtualTime()
                        .expectNothingFor(ofMinutes(6))
                        .thenCancel())
                .contains("expected no event", "key=n0");
    }

    @Test
    void aStandstillSaysWhatIsMissing() {
        Topology<Long> waits = Topology.named("waits")
                .source("numbers", Series.range(0, 2, 1))
                .map("wait", async((Long n) -> n == 1 ? Mono.never() : Mono.just(n)))
                .build();

        assertThatThrownBy(() -> TopologyVerifier.of(waits)
                        .expectDone("0", 0L)
                        .expectDone("1", 1L)
                        .expectComplete()
                        .verify(ofMillis(200)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(
                        "timed out", "It stopped at", "ok:       key '0'", "missing:  key '1'", "has not ended");
    }

    @Test
    void aQueueIsSeenFull() {
        CountDownLatch first = new CountDownLatch(1);
        Topology<Long> queued = Topology.named("queued")
                .source("numbers", Series.range(0, 20, 1))
                .map("make", cpu((Long n) -> n))
                .queue(bounded(5))
                .map(
                        "take",
                        Work.io((Long n) -> {
                                    first.await();
                                    return n;
                                })
                                .concurrency(1))
                .build();

        TopologyVerifier<Long> verifier = TopologyVerifier.of(queued)
                .with(ParallelExecutor.threads(2))
                .expectQueue("'make' -> 'take'", 4) // 5 went in, 1 is taken, and it asks for more when most are
                .then(first::countDown);
        for (int i = 0; i < 20; i++) {
            verifier.expectDone(Integer.toString(i));
        }
        verifier.expectComplete().expectNoLeak().verify();

        assertFails(TopologyVerifier.of(numbers(1))
                        .expectQueue("'a' -> 'b'", 5, ofMillis(200))
                        .expectComplete())
                .contains("expected the queue 'a' -> 'b' to hold 5", "with(ParallelExecutor.threads(n))");
    }

    @Test
    void cancellingEndsTheRun() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Topology<Long> endless = Topology.named("endless")
                .source(
                        "numbers",
                        Flux.defer(() -> Flux.interval(ofMinutes(1))).doOnCancel(() -> cancelled.set(true)),
                        n -> "n" + n)
                .map("same", cpu((Long n) -> n))
                .build();

        RunReport report = TopologyVerifier.of(endless)
                .withVirtualTime()
                .thenAwait(ofMinutes(2))
                .expectDone("n0", 0L)
                .expectDone("n1", 1L)
                .thenCancel()
                .verify();

        assertThat(report.state()).isEqualTo(RunState.CANCELLED);
        assertThat(cancelled).isTrue();
    }

    @Test
    void aThreadThatIsLeftIsNamed() {
        CountDownLatch end = new CountDownLatch(1);
        Topology<Long> leaking = Topology.named("leaking")
                .source("numbers", Series.range(0, 1, 1))
                .map("leak", cpu((Long n) -> {
                    Thread thread = new Thread(
                            () -> {
                                try {
                                    end.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            },
                            "topology-left-behind");
                    thread.start();
                    return n;
                }))
                .build();
        try {
            assertThatThrownBy(() -> TopologyVerifier.of(leaking)
                            .expectDone("0")
                            .expectComplete()
                            .expectNoLeak(ofMillis(200))
                            .verify())
                    .hasMessageContaining("threads are left: [topology-left-behind]");
        } finally {
            end.countDown();
        }
        LeakCheck.awaitNoThread("topology-left-behind");
    }
}
