package org.reactortopology.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** How a flux over lanes ends: cancelled, or with an error of the source, the function or the pool. */
class EndOfLanesTest extends LanesOnAPool {

    @Test
    void cancelInterruptsAndDiscards() throws InterruptedException {
        Queue<Object> discarded = new ConcurrentLinkedQueue<>();
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        AtomicInteger cancelled = new AtomicInteger();
        AtomicInteger started = new AtomicInteger();
        Disposable flux = lanes(
                        Flux.range(0, 8).concatWith(Flux.never()).doOnCancel(cancelled::incrementAndGet),
                        i -> {
                            started.incrementAndGet();
                            running.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                            }
                            return i;
                        },
                        2,
                        8)
                .doOnDiscard(Integer.class, discarded::add)
                .subscribe();
        await(running);
        flux.dispose();
        flux.dispose();
        await(interrupted);
        pool.shutdown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(discarded).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(cancelled).hasValue(1);
        assertThat(started).hasValue(2);
    }

    @Test
    void noInterruptReachesALaterTaskOfTheThread() throws Exception {
        AtomicBoolean leaked = new AtomicBoolean();
        for (int round = 0; round < 2_000; round++) {
            CountDownLatch running = new CountDownLatch(1);
            Disposable flux = lanes(
                            Flux.range(0, 50),
                            i -> {
                                running.countDown();
                                return i;
                            },
                            2,
                            4)
                    .subscribe();
            await(running);
            flux.dispose();
            CountDownLatch looked = new CountDownLatch(2);
            Runnable look = () -> {
                if (Thread.currentThread().isInterrupted()) {
                    leaked.set(true);
                }
                looked.countDown();
            };
            pool.execute(look);
            pool.execute(look);
            await(looked);
        }
        assertThat(leaked).isFalse();
    }

    @Test
    void anItemThatLeavesTheInterruptFlagDoesNotInterruptTheNext() {
        List<Boolean> flags = lanes(
                        Flux.range(0, 100),
                        i -> {
                            boolean was = Thread.currentThread().isInterrupted();
                            Thread.currentThread().interrupt();
                            return was;
                        },
                        1,
                        8)
                .collectList()
                .block(LONG);
        assertThat(flags).hasSize(100).containsOnly(false);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void theSourcesErrorComesAfterItsItems(int capacity, int lanes) {
        StepVerifier.create(lanes(
                        Flux.range(0, 100).concatWith(Flux.error(new IllegalStateException("late"))),
                        i -> i,
                        lanes,
                        capacity))
                .expectNextCount(100)
                .expectErrorMessage("late")
                .verify(LONG);
    }

    @Test
    void whatTheFunctionThrowsEndsTheFluxAtOnce() {
        Queue<Object> discarded = new ConcurrentLinkedQueue<>();
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Sinks.Many<Integer> source = Sinks.many().unicast().onBackpressureBuffer();
        AtomicBoolean cancelled = new AtomicBoolean();
        IntStream.range(0, 10).forEach(source::tryEmitNext);
        StepVerifier.create(lanes(
                                source.asFlux().doOnCancel(() -> cancelled.set(true)),
                                i -> {
                                    if (i == 0) {
                                        blocked.countDown();
                                        try {
                                            new CountDownLatch(1).await();
                                        } catch (InterruptedException e) {
                                            interrupted.countDown();
                                        }
                                        return i;
                                    }
                                    await(blocked);
                                    throw new OutOfMemoryError("made up");
                                },
                                2,
                                4)
                        .doOnDiscard(Integer.class, discarded::add))
                .expectErrorMessage("made up")
                .verify(LONG);
        await(interrupted);
        assertThat(cancelled).isTrue();
        assertThat(discarded).contains(1, 2);
    }

    @Test
    void aPoolThatIsShutDownIsAnError() {
        pool.shutdown();
        StepVerifier.create(lanes(Flux.range(0, 10), i -> i, 2, 4))
                .expectError(RejectedExecutionException.class)
                .verify(LONG);
    }

    @Test
    void aPoolThatIsShutDownBetweenTurnsIsAnError() {
        StepVerifier.create(lanes(
                        Flux.range(0, 100_000),
                        i -> {
                            if (i == 1) {
                                pool.shutdown();
                            }
                            return i;
                        },
                        1,
                        4))
                .thenConsumeWhile(i -> true)
                .expectError(RejectedExecutionException.class)
                .verify(LONG);
    }

    @Test
    void aSourceThatIgnoresDemandIsAnError() {
        TestPublisher<Integer> source = TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);
        StepVerifier.create(lanes(source.flux(), i -> i, 1, task -> {}, 2, gauge(2)))
                .then(() -> source.next(1, 2, 3))
                .expectErrorMatches(Exceptions::isOverflow)
                .verify(LONG);
    }
}
