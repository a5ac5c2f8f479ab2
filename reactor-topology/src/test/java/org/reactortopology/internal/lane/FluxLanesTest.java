package org.reactortopology.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

@Timeout(60)
class FluxLanesTest {

    static final Duration LONG = Duration.ofSeconds(10);

    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @AfterEach
    void threadsEnd() throws InterruptedException {
        pool.shutdownNow();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    static Stream<Arguments> sizes() {
        return Stream.of(1, 2, 7, 64, 1024)
                .flatMap(capacity -> Stream.of(1, 2, 4).map(lanes -> Arguments.of(capacity, lanes)));
    }

    static QueueGauge gauge(int capacity) {
        return new QueueGauge("edge", capacity, Long.MAX_VALUE);
    }

    static <A, R> FluxLanes<A, R> lanes(
            Flux<A> source, Function<A, R> function, int lanes, Executor threads, int capacity, QueueGauge gauge) {
        return new FluxLanes<>(source, () -> function::apply, lanes, threads, Bound.items(capacity), gauge);
    }

    <A, R> FluxLanes<A, R> lanes(Flux<A> source, Function<A, R> function, int lanes, int capacity) {
        return lanes(source, function, lanes, pool, capacity, gauge(capacity));
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everyItemComesOutOnce(int capacity, int lanes) {
        QueueGauge gauge = gauge(capacity);
        List<Integer> out = lanes(Flux.range(0, 20_000), i -> i + 1, lanes, pool, capacity, gauge)
                .collectList()
                .block(LONG);
        assertThat(out)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 20_000).boxed().toList());
        assertThat(gauge.highest()).isBetween(1, capacity);
        assertThat(gauge.depth()).isZero();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void itemsFromAnotherThreadComeOutOnce(int capacity, int lanes) {
        Flux<Integer> source = Flux.range(0, 5_000).publishOn(Schedulers.single(), 3);
        List<Integer> out = lanes(source, i -> i, lanes, capacity)
                .limitRate(3)
                .collectList()
                .block(LONG);
        assertThat(out)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 5_000).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void runsOnTheCallersThreadWithoutRecursion(int capacity, int lanes) {
        Executor here = Runnable::run;
        List<Integer> out = lanes(
                        lanes(Flux.range(0, 20_000), i -> i, lanes, here, capacity, gauge(capacity)),
                        i -> i,
                        lanes,
                        here,
                        capacity,
                        gauge(capacity))
                .collectList()
                .block(LONG);
        assertThat(out)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20_000).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void holdsNoMoreThanItsBoundsWithoutDemand(int capacity, int lanes) {
        AtomicInteger started = new AtomicInteger();
        AtomicLong asked = new AtomicLong();
        QueueGauge gauge = gauge(capacity);
        Queue<Integer> out = new ConcurrentLinkedQueue<>();
        CountDownLatch firstStarted = new CountDownLatch(1);
        int all = 3_000;
        AtomicInteger next = new AtomicInteger();
        Flux<Integer> endless = Flux.generate(sink -> sink.next(next.getAndIncrement()));
        CountDownLatch complete = new CountDownLatch(1);
        BaseSubscriber<Integer> down = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {}

            @Override
            protected void hookOnNext(Integer value) {
                out.add(value);
            }

            @Override
            protected void hookOnComplete() {
                complete.countDown();
            }
        };
        lanes(
                        endless.take(all).doOnRequest(asked::addAndGet),
                        i -> {
                            started.incrementAndGet();
                            firstStarted.countDown();
                            return i;
                        },
                        lanes,
                        pool,
                        capacity,
                        gauge)
                .subscribe(down);
        await(firstStarted);
        int demanded = 0;
        while (demanded < all) {
            assertThat(asked.get() - out.size()).isLessThanOrEqualTo(capacity + 2L * lanes);
            assertThat(started.get() - demanded).isLessThanOrEqualTo(lanes);
            assertThat(gauge.highest()).isLessThanOrEqualTo(capacity);
            int step = Math.min(7, all - demanded);
            demanded += step;
            down.request(step);
        }
        await(complete);
        assertThat(out)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, all).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aSlowItemLeavesNoLaneIdle(int capacity, int lanes) {
        ExecutorService many = Executors.newFixedThreadPool(lanes);
        CyclicBarrier together = new CyclicBarrier(lanes);
        try {
            // every group of that many items meets: it takes that many lanes at once
            List<Integer> out = lanes(
                            Flux.range(0, 20 * lanes),
                            i -> {
                                try {
                                    together.await(30, TimeUnit.SECONDS);
                                } catch (Exception e) {
                                    throw new AssertionError(e);
                                }
                                return i;
                            },
                            lanes,
                            many,
                            capacity,
                            gauge(capacity))
                    .collectList()
                    .block(LONG);
            assertThat(out).hasSize(20 * lanes);
        } finally {
            many.shutdownNow();
        }
    }

    @Test
    void anItemThatHangsWithholdsNoOther() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(499);
        Disposable flux = lanes(
                        Flux.range(0, 500),
                        i -> {
                            if (i == 100) {
                                await(never);
                            }
                            return i;
                        },
                        2,
                        64)
                .subscribe(i -> others.countDown(), e -> {});
        await(others);
        never.countDown();
        flux.dispose();
    }

    @Test
    void resultsBeforeAHangingItemOfTheSameLaneAreOut() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch before = new CountDownLatch(100);
        Disposable flux = lanes(
                        Flux.range(0, 500),
                        i -> {
                            if (i == 100) {
                                await(never);
                            }
                            return i;
                        },
                        1,
                        64)
                .subscribe(i -> before.countDown(), e -> {});
        await(before);
        never.countDown();
        flux.dispose();
    }

    @Test
    void aSourceThatBlocksWhenAskedForMoreWithholdsNothing() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch out = new CountDownLatch(4);
        AtomicInteger next = new AtomicInteger();
        Flux<Integer> source = Flux.generate(sink -> {
            if (next.get() == 4) {
                await(never);
            }
            sink.next(next.getAndIncrement());
        });
        Disposable flux = lanes(source, i -> i, 2, 4).subscribe(i -> out.countDown());
        await(out);
        never.countDown();
        flux.dispose();
    }

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
    void twoHopsShareTwoThreads() {
        List<Integer> out = lanes(lanes(Flux.range(0, 50_000), i -> i + 1, 2, 16), i -> i + 1, 2, 16)
                .collectList()
                .block(LONG);
        assertThat(out)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(2, 50_002).boxed().toList());
    }

    @Test
    void aSourceThatIgnoresDemandIsAnError() {
        TestPublisher<Integer> source = TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);
        StepVerifier.create(lanes(source.flux(), i -> i, 1, task -> {}, 2, gauge(2)))
                .then(() -> source.next(1, 2, 3))
                .expectErrorMatches(Exceptions::isOverflow)
                .verify(LONG);
    }

    @Test
    void aLaneThatGivesUpItsThreadPauses() throws InterruptedException {
        AtomicInteger applied = new AtomicInteger();
        AtomicInteger flushed = new AtomicInteger();
        new FluxLanes<>(
                        Flux.range(0, 5_000),
                        () -> new LaneFunction<Integer, Integer>() {
                            private int local;

                            @Override
                            public Integer apply(Integer item) {
                                applied.incrementAndGet();
                                local++;
                                return item;
                            }

                            @Override
                            public void pause() {
                                flushed.addAndGet(local);
                                local = 0;
                            }
                        },
                        2,
                        pool,
                        Bound.items(16),
                        gauge(16))
                .blockLast(LONG);
        pool.shutdown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(flushed).hasValue(5_000);
    }

    @Test
    void theGaugeShowsWhatRuns() {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        QueueGauge gauge = gauge(8);
        Mono<List<Integer>> flux = lanes(
                        Flux.range(0, 6),
                        i -> {
                            running.countDown();
                            await(go);
                            return i;
                        },
                        2,
                        pool,
                        8,
                        gauge)
                .collectList();
        CompletableFuture<List<Integer>> out = flux.toFuture();
        await(running);
        assertThat(List.<Object>copyOf(gauge.running())).hasSize(2).isSubsetOf(List.of(0, 1, 2, 3, 4, 5));
        assertThat(gauge.depth()).isEqualTo(4);
        go.countDown();
        assertThat(out.join()).hasSize(6);
        assertThat(gauge.running()).isEmpty();
        assertThat(gauge.depth()).isZero();
    }

    @Test
    void weightBoundsWhatIsHeld() {
        QueueGauge gauge = new QueueGauge("edge", 100, 10);
        AtomicLong most = new AtomicLong();
        // 25 is heavier than the bound: it is let in alone
        List<Integer> weights = List.of(4, 4, 4, 25, 3, 3, 3, 3, 9, 2, 1, 1, 1);
        List<Integer> out = new FluxLanes<>(
                        Flux.fromIterable(weights),
                        () -> (LaneFunction<Integer, Integer>) item -> {
                            most.accumulateAndGet(gauge.weight(), Math::max);
                            return item;
                        },
                        2,
                        pool,
                        new Bound<Integer>(100, 10, Integer::longValue),
                        gauge)
                .collectList()
                .block(LONG);
        assertThat(out).containsExactlyInAnyOrderElementsOf(weights);
        assertThat(most.get()).isIn(25L, 10L, 9L, 8L, 7L, 6L);
    }

    @Test
    void canBeScanned() {
        Scannable[] seen = new Scannable[1];
        lanes(Flux.range(0, 3), i -> i, 1, 2).subscribe(new BaseSubscriber<Integer>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                seen[0] = Scannable.from(subscription);
                cancel();
            }
        });
        assertThat(seen[0].scan(Scannable.Attr.CANCELLED)).isTrue();
        assertThat(seen[0].scan(Scannable.Attr.PREFETCH)).isEqualTo(2);
        assertThat(seen[0].scan(Scannable.Attr.TERMINATED)).isFalse();
    }

    @Test
    void theSourceSeesTheContext() {
        Flux<Integer> source = Flux.deferContextual(context -> Flux.just(context.<Integer>get("key")));
        StepVerifier.create(lanes(source, i -> i, 1, 2).contextWrite(context -> context.put("key", 5)))
                .expectNext(5)
                .verifyComplete();
    }
}
