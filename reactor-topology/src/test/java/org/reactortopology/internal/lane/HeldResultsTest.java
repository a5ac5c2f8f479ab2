package org.reactortopology.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

/** Lanes that hold results back because their items are quick. */
@Timeout(60)
class HeldResultsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @AfterEach
    void threadsEnd() throws InterruptedException {
        pool.shutdownNow();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Says of itself that it is quick, whatever it does. */
    private record Quick(UnaryOperator<Integer> function) implements LaneFunction<Integer, Integer> {
        @Override
        public Integer apply(Integer item) {
            return function.apply(item);
        }

        @Override
        public boolean isQuick() {
            return true;
        }
    }

    private FluxLanes<Integer, Integer> quick(Flux<Integer> source, int lanes, UnaryOperator<Integer> function) {
        return quick(source, lanes, pool, function);
    }

    private static FluxLanes<Integer, Integer> quick(
            Flux<Integer> source, int lanes, Executor threads, UnaryOperator<Integer> function) {
        return new FluxLanes<>(
                source,
                () -> new Quick(function),
                lanes,
                threads,
                Bound.items(64),
                new QueueGauge("edge", 64, Long.MAX_VALUE));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // indexes are integers
    private static Flux<Integer> indexes(int size) {
        return (Flux) new FluxIndexes(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyResultComesOutOnce(int lanes) {
        assertThat(sorted(quick(Flux.range(0, 50_000), lanes, i -> i)))
                .isEqualTo(IntStream.range(0, 50_000).boxed().toList());
        assertThat(sorted(quick(indexes(50_000), lanes, i -> i)))
                .isEqualTo(IntStream.range(0, 50_000).boxed().toList());
    }

    private static List<Integer> sorted(Flux<Integer> results) {
        return results.sort().collectList().block(LONG);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void noMoreComesThanIsAskedFor(int batch) {
        AtomicInteger early = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        Queue<Integer> got = new ConcurrentLinkedQueue<>();
        quick(indexes(5_000), 2, i -> i).subscribe(new BaseSubscriber<>() {
            private int left = batch;

            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(batch);
            }

            @Override
            protected void hookOnNext(Integer item) {
                got.add(item);
                if (--left < 0) {
                    early.incrementAndGet();
                }
                if (left == 0) {
                    left = batch;
                    request(batch);
                }
            }

            @Override
            protected void hookOnComplete() {
                end.countDown();
            }
        });
        LanesOnAPool.await(end);
        assertThat(early).hasValue(0);
        assertThat(got.stream().sorted().toList())
                .isEqualTo(IntStream.range(0, 5_000).boxed().toList());
    }

    /** All lanes stand still, so nobody but the backstop can hand over what they hold. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void resultsAreNotWithheldWhenEveryLaneHangs(int lanes) throws InterruptedException {
        CountDownLatch hung = new CountDownLatch(lanes);
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger out = new AtomicInteger();
        CountDownLatch before = new CountDownLatch(100);
        CountDownLatch end = new CountDownLatch(1);
        Disposable run = quick(Flux.range(0, 200), lanes, i -> {
                    if (begun.incrementAndGet() > 100) {
                        hung.countDown();
                        LanesOnAPool.await(open);
                    }
                    return i;
                })
                .subscribe(
                        i -> {
                            out.incrementAndGet();
                            before.countDown();
                        },
                        error -> {},
                        end::countDown);
        LanesOnAPool.await(hung);
        assertThat(before.await(10, TimeUnit.SECONDS))
                .as("the 100 finished results come while all lanes hang")
                .isTrue();
        assertThat(out).hasValue(100);
        open.countDown();
        LanesOnAPool.await(end);
        assertThat(out).hasValue(200);
        run.dispose();
    }

    /** A lane has been given several indexes, and stands still at the first of them. */
    @Test
    void indexesOfALaneThatHangsAreRunByTheOther() {
        CountDownLatch others = new CountDownLatch(499);
        AtomicInteger hung = new AtomicInteger();
        Long count = quick(indexes(500), 2, i -> {
                    if (i >= 200 && hung.compareAndSet(0, 1)) {
                        LanesOnAPool.await(others);
                    } else {
                        others.countDown();
                    }
                    return i;
                })
                .count()
                .block(LONG);
        assertThat(count).isEqualTo(500);
    }

    /** The lane is inside its tenth item when the run is cancelled, and cannot hand over what it holds; nor does the backstop, as its time stands still. */
    @Test
    void whatIsHeldIsDiscardedWhenTheRunIsCancelled() {
        VirtualTimeScheduler.getOrSet();
        try {
            List<Object> discarded = new ArrayList<>();
            List<Object> whileItRan = new ArrayList<>();
            List<Integer> out = new ArrayList<>();
            AtomicReference<Disposable> run = new AtomicReference<>();
            Queue<Runnable> tasks = new ArrayDeque<>();
            run.set(quick(Flux.range(0, 60), 1, tasks::add, i -> {
                        if (i == 9) {
                            run.get().dispose();
                            whileItRan.addAll(discarded);
                        }
                        return i;
                    })
                    .contextWrite(context -> Operators.enableOnDiscard(Context.of(context), discarded::add))
                    .subscribe(out::add));
            tasks.remove().run();

            assertThat(out).isEmpty();
            assertThat(whileItRan).contains(0, 1, 2, 3, 4, 5, 6, 7, 8).doesNotContain(9);
            assertThat(discarded)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 60).mapToObj(i -> (Object) i).toList());
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void anErrorOfTheSourceComesBehindWhatIsHeld() {
        Queue<Integer> out = new ConcurrentLinkedQueue<>();
        Flux<Integer> source = Flux.range(0, 1_000).concatWith(Flux.error(new IllegalStateException("on purpose")));
        CountDownLatch end = new CountDownLatch(1);
        quick(source, 2, i -> i).subscribe(out::add, error -> end.countDown());
        LanesOnAPool.await(end);
        assertThat(out).hasSize(1_000);
    }
}
