package org.reactortopology.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.Arguments;
import reactor.core.publisher.Flux;

/** Lanes on a pool of two threads, which end behind each test. */
@Timeout(60)
abstract class LanesOnAPool {

    static final Duration LONG = Duration.ofSeconds(10);

    final ExecutorService pool = Executors.newFixedThreadPool(2);

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
}
