package org.reactortopology.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.Scannable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What comes in comes out once, within the bounds, and the gauge shows it. */
class FluxLanesTest extends LanesOnAPool {

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
