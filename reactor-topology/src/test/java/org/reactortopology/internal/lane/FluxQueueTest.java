package org.reactortopology.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

@Timeout(60)
class FluxQueueTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static QueueGauge gauge(int capacity) {
        return new QueueGauge("edge", capacity, Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 1024})
    void keepsTheOrderAndTheBoundBetweenThreads(int capacity) {
        QueueGauge gauge = gauge(capacity);
        Flux<Integer> fast = Flux.range(0, 20_000).subscribeOn(Schedulers.single());
        List<Integer> out = new FluxQueue<>(fast, Bound.items(capacity), gauge)
                .publishOn(Schedulers.parallel(), 3)
                .collectList()
                .block(LONG);
        assertThat(out)
                .containsExactlyElementsOf(IntStream.range(0, 20_000).boxed().toList());
        assertThat(gauge.highest()).isBetween(1, capacity);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 1024})
    void asksForNoMoreThanItCanHold(int capacity) {
        AtomicLong asked = new AtomicLong();
        QueueGauge gauge = gauge(capacity);
        StepVerifier.create(
                        new FluxQueue<>(
                                Flux.range(0, 5_000).doOnRequest(asked::addAndGet), Bound.items(capacity), gauge),
                        0)
                .then(() -> assertThat(asked).hasValue(capacity))
                .then(() -> assertThat(gauge.depth()).isEqualTo(capacity))
                .thenRequest(5)
                .expectNextCount(5)
                .then(() -> assertThat(asked.get()).isLessThanOrEqualTo(capacity + 5))
                .thenRequest(4_995)
                .expectNextCount(4_995)
                .expectComplete()
                .verify(LONG);
        assertThat(gauge.highest()).isEqualTo(capacity);
        assertThat(gauge.depth()).isZero();
    }

    @Test
    void theSourcesErrorComesAfterWhatIsHeld() {
        Flux<Integer> source = Flux.range(0, 3).concatWith(Flux.error(new IllegalStateException("late")));
        StepVerifier.create(new FluxQueue<>(source, Bound.items(8), gauge(8)), 0)
                .thenRequest(2)
                .expectNext(0, 1)
                .thenRequest(1)
                .expectNext(2)
                .expectErrorMessage("late")
                .verify(LONG);
    }

    @Test
    void cancelDiscardsWhatIsHeld() {
        Queue<Object> discarded = new ConcurrentLinkedQueue<>();
        TestPublisher<Integer> source = TestPublisher.create();
        StepVerifier.create(
                        new FluxQueue<>(source.flux(), Bound.items(8), gauge(8))
                                .doOnDiscard(Integer.class, discarded::add),
                        0)
                .then(() -> source.next(0, 1, 2))
                .thenRequest(1)
                .expectNext(0)
                .thenCancel()
                .verify(LONG);
        source.assertCancelled(1);
        assertThat(discarded).containsExactly(1, 2);
    }

    @Test
    void weightBoundsWhatIsHeldAndTheDoorHoldsOne() {
        QueueGauge gauge = new QueueGauge("edge", 100, 10);
        AtomicLong asked = new AtomicLong();
        Flux<Integer> source = Flux.just(4, 4, 4, 25, 3).doOnRequest(asked::addAndGet);
        StepVerifier.create(new FluxQueue<>(source, new Bound<Integer>(100, 10, Integer::longValue), gauge), 0)
                .then(() -> {
                    assertThat(gauge.depth()).isEqualTo(2);
                    assertThat(gauge.weight()).isEqualTo(8);
                    assertThat(asked).hasValue(3); // the third waits at the door
                })
                .thenRequest(1)
                .expectNext(4)
                .then(() -> assertThat(gauge.weight()).isEqualTo(8)) // the fourth waits at the door now
                .thenRequest(2)
                .expectNext(4, 4)
                .then(() -> {
                    assertThat(gauge.depth()).isEqualTo(1); // alone
                    assertThat(gauge.weight()).isEqualTo(25);
                })
                .thenRequest(2)
                .expectNext(25, 3)
                .expectComplete()
                .verify(LONG);
    }

    @Test
    void aWeigherThatThrowsEndsTheFlux() {
        TestPublisher<Integer> source = TestPublisher.create();
        StepVerifier.create(new FluxQueue<>(
                        source.flux(), new Bound<Integer>(4, 10, item -> item), new QueueGauge("edge", 4, 10)))
                .then(() -> source.next(-1))
                .expectErrorMessage("edge 'edge': the weigher gave -1 for -1; a weight is 0 or more")
                .verify(LONG);
        source.assertCancelled(1);
    }

    @Test
    void aSourceThatIgnoresDemandIsAnError() {
        TestPublisher<Integer> source = TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);
        StepVerifier.create(new FluxQueue<>(source.flux(), Bound.items(2), gauge(2)), 0)
                .then(() -> source.next(1, 2, 3))
                .expectErrorMatches(Exceptions::isOverflow)
                .verify(LONG);
    }
}
