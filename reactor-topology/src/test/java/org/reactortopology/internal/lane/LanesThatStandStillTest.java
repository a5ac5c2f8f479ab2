package org.reactortopology.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** An item, or the source, that takes for ever withholds nothing of what else is there. */
class LanesThatStandStillTest extends LanesOnAPool {

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
}
