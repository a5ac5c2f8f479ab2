package org.reactortopology.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

@Timeout(60)
class FluxIndexesTest {

    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    @AfterEach
    void threadsEnd() throws InterruptedException {
        pool.shutdownNow();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private static Flux<Object> lanes(
            FluxIndexes source, Function<Object, Object> function, int lanes, Executor threads) {
        return new FluxLanes<>(
                source,
                () -> function::apply,
                lanes,
                threads,
                Bound.items(32),
                new QueueGauge("edge", 32, Long.MAX_VALUE));
    }

    private static List<Object> upTo(int size) {
        return IntStream.range(0, size).<Object>mapToObj(Integer::valueOf).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void everyIndexComesOutOnce(int lanes) {
        for (int size : new int[] {0, 1, 7, 100_000}) {
            FluxIndexes source = new FluxIndexes(size);
            assertThat(lanes(source, i -> i, lanes, pool).collectList().block())
                    .containsExactlyInAnyOrderElementsOf(upTo(size));
            assertThat(source.taken()).isEqualTo(size);
        }
    }

    @Test
    void runsOnTheCallersThread() {
        assertThat(lanes(new FluxIndexes(10_000), i -> i, 2, Runnable::run)
                        .collectList()
                        .block())
                .containsExactlyElementsOf(upTo(10_000));
    }

    @Test
    void takesNoMoreThanItsLanesHoldWithoutDemand() {
        FluxIndexes source = new FluxIndexes(1000);
        StepVerifier.create(lanes(source, i -> i, 2, Runnable::run), 0)
                .expectSubscription()
                .then(() -> assertThat(source.taken()).isLessThanOrEqualTo(4))
                .thenRequest(10)
                .expectNextCount(10)
                .then(() -> assertThat(source.taken()).isBetween(10L, 14L))
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(990)
                .verifyComplete();
    }

    @Test
    void anItemThatHangsWithholdsNoOther() {
        for (int hanging : new int[] {0, 1, 31, 100, 499}) {
            CountDownLatch never = new CountDownLatch(1);
            CountDownLatch others = new CountDownLatch(499);
            Disposable flux = lanes(
                            new FluxIndexes(500),
                            i -> {
                                if ((Integer) i == hanging) {
                                    LanesOnAPool.await(never);
                                }
                                return i;
                            },
                            2,
                            pool)
                    .subscribe(i -> others.countDown());
            LanesOnAPool.await(others);
            never.countDown();
            flux.dispose();
        }
    }

    @Test
    void cancelInterruptsAndTakesNoMore() throws InterruptedException {
        FluxIndexes source = new FluxIndexes(1000);
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        Disposable flux = lanes(
                        source,
                        i -> {
                            running.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                            }
                            return i;
                        },
                        2,
                        pool)
                .subscribe();
        LanesOnAPool.await(running);
        flux.dispose();
        LanesOnAPool.await(interrupted);
        pool.shutdown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(source.taken()).isEqualTo(2);
    }

    @Test
    void isARangeForOthers() {
        FluxIndexes source = new FluxIndexes(5);
        StepVerifier.create(source, 2)
                .expectNext(0, 1)
                .then(() -> assertThat(source.taken()).isEqualTo(2))
                .thenRequest(3)
                .expectNext(2, 3, 4)
                .verifyComplete();
        assertThat(source.taken()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void endedEarlyGivesWhatWasTaken(int lanes) {
        for (int round = 0; round < 300; round++) {
            FluxIndexes source = new FluxIndexes(Integer.MAX_VALUE);
            int endAt = 1 + round * 7;
            AtomicInteger calls = new AtomicInteger();
            List<Object> came = lanes(
                            source,
                            i -> {
                                if (calls.incrementAndGet() == endAt) {
                                    source.early().end();
                                }
                                return i;
                            },
                            lanes,
                            pool)
                    .collectList()
                    .block();
            assertThat(came).containsExactlyInAnyOrderElementsOf(upTo(calls.get()));
            assertThat(source.taken()).isEqualTo(calls.get());
            assertThat(source.early().wasCut()).isTrue();
        }
    }

    @Test
    void endedEarlyByAnotherThreadGivesWhatWasTaken() throws InterruptedException {
        for (int round = 0; round < 1000; round++) {
            FluxIndexes source = new FluxIndexes(Integer.MAX_VALUE);
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(1);
            AtomicInteger came = new AtomicInteger();
            lanes(source, i -> i, 2, pool).doOnComplete(over::countDown).subscribe(i -> {
                came.incrementAndGet();
                begun.countDown();
            });
            LanesOnAPool.await(begun);
            source.early().end();
            LanesOnAPool.await(over);
            assertThat(source.taken()).isEqualTo(came.get());
        }
    }

    @Test
    void endedEarlyWhileNobodyAsksCompletesWhenWhatIsInsideIsOut() {
        FluxIndexes source = new FluxIndexes(1000);
        StepVerifier.create(lanes(source, i -> i, 2, Runnable::run), 0)
                .expectSubscription()
                .then(source.early()::end)
                .then(source.early()::end)
                .thenRequest(10)
                .thenConsumeWhile(i -> (Integer) i < 10)
                .verifyComplete();
        assertThat(source.taken()).isLessThanOrEqualTo(4);
    }

    @Test
    void endedBeforeItBeginsIsEmpty() {
        FluxIndexes source = new FluxIndexes(1000);
        source.early().end();
        StepVerifier.create(lanes(source, i -> i, 2, Runnable::run)).verifyComplete();
        FluxIndexes range = new FluxIndexes(1000);
        range.early().end();
        StepVerifier.create(range).verifyComplete();
        assertThat(source.early().wasCut()).isTrue();
        assertThat(range.early().wasCut()).isTrue();
    }

    @Test
    void endedBehindItsEndWasNotCut() {
        FluxIndexes source = new FluxIndexes(10);
        StepVerifier.create(lanes(source, i -> i, 2, Runnable::run))
                .expectNextCount(10)
                .verifyComplete();
        source.early().end();
        assertThat(source.early().wasCut()).isFalse();
        assertThat(source.taken()).isEqualTo(10);
    }

    @Test
    void aRangeThatIsEndedEarlyGivesWhatWasTaken() {
        FluxIndexes source = new FluxIndexes(5);
        StepVerifier.create(source, 2)
                .expectNext(0, 1)
                .then(source.early()::end)
                .verifyComplete();
        assertThat(source.taken()).isEqualTo(2);
    }
}
