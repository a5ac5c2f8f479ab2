package org.reactortopology.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.Capacity;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.QueueDepth;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.Work;
import org.reactortopology.WorkFunction;
import org.reactortopology.WorkKind;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

@Timeout(120)
class ParallelEngineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @Test
    void worksRunOnThreadsNamedByTheirKindAndTheThreadsEndWithTheRun() throws InterruptedException {
        Set<String> cpu = ConcurrentHashMap.newKeySet();
        Set<String> io = ConcurrentHashMap.newKeySet();
        Topology<Long> topology = numbers(200)
                .map("compute", Work.cpu(n -> noting(cpu, n)))
                .map("store", Work.io(n -> noting(io, n)))
                .build();

        assertThat(run(topology, 2).counts().done()).isEqualTo(200);

        assertThat(cpu).isNotEmpty().allMatch(name -> name.matches("topology-cpu-[12]"));
        assertThat(io).isNotEmpty().allMatch(name -> name.matches("topology-io-[1-4]"));
        for (Thread thread : threads) {
            Latches.awaitEnd(thread);
        }
    }

    @Test
    void aCpuWorkThatBlocksInReactorFails() {
        Topology<Long> topology = numbers(1)
                .map("wait", Work.cpu(n -> Mono.just(n).hide().block(PATIENCE)))
                .build();

        assertThat(failure(topology))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("blocking")
                .hasMessageContaining("topology-cpu-1");
    }

    @Test
    void anIoWorkMayBlock() {
        Topology<Long> topology = numbers(10)
                .map("wait", Work.io(n -> Mono.just(n).hide().block(PATIENCE)))
                .build();

        assertThat(run(topology, 2).counts().done()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void aWorkRunsAsManyItemsAtOnceAsItsConcurrencyAndNoMore(WorkKind kind) {
        int limit = 3;
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(limit);
        WorkFunction<Long, Long> counted = n -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            full.countDown();
            Latches.await(full);
            running.decrementAndGet();
            return n;
        };
        Topology<Long> topology = numbers(300)
                .map("count", work(kind, counted).concurrency(limit))
                .build();

        assertThat(run(topology, 8).counts().done()).isEqualTo(300);

        assertThat(most).hasValue(limit);
    }

    @ParameterizedTest
    @EnumSource
    void aSlowItemHoldsUpNoOther(WorkKind kind) {
        CountDownLatch othersAreDone = new CountDownLatch(1);
        WorkFunction<Long, Long> slowAtFirst = n -> {
            if (n == 0) {
                Latches.await(othersAreDone);
            }
            return n;
        };
        Topology<Long> topology =
                numbers(500).map("work", work(kind, slowAtFirst).concurrency(2)).build();

        StepVerifier.create(ParallelExecutor.threads(2).run(topology).outcomes().map(Outcome::key))
                .recordWith(java.util.ArrayList::new)
                .expectNextCount(499)
                .consumeRecordedWith(keys -> assertThat(keys).doesNotContain("0"))
                .then(othersAreDone::countDown)
                .expectNext("0")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void ioWorksOfAnyConcurrencyHaveThreads() {
        CountDownLatch passed = new CountDownLatch(1);
        Topology<Long> topology = numbers(2)
                .map(
                        "first",
                        Work.<Long, Long>io(n -> {
                                    if (n == 1) {
                                        Latches.await(passed);
                                    }
                                    return n;
                                })
                                .concurrency(Work.MAX_CONCURRENCY))
                .queue(Capacity.bounded(1))
                .map(
                        "second",
                        Work.<Long, Long>io(n -> {
                                    passed.countDown();
                                    return n;
                                })
                                .concurrency(Work.MAX_CONCURRENCY))
                .build();

        assertThat(run(topology, 1).counts().done()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 10, 100})
    void aQueueHoldsItsCapacityAndTheSourceIsAskedForNoMore(int capacity) {
        // one item in the work after the queue, the queue, one in the work before it, and the buffer before that
        long bound = 1 + capacity + 1 + 1;
        AtomicLong emitted = new AtomicLong();
        AtomicLong finished = new AtomicLong();
        AtomicLong mostInFlight = new AtomicLong();
        CountDownLatch full = new CountDownLatch(1);
        Flux<Long> source = Flux.range(0, 1000).map(Integer::longValue).doOnNext(n -> {
            long inFlight = emitted.incrementAndGet() - finished.get();
            mostInFlight.accumulateAndGet(inFlight, Math::max);
            if (inFlight >= capacity + 1) {
                full.countDown();
            }
        });
        Topology<Long> topology = Topology.named("queue")
                .buffer(1)
                .source("numbers", source, Object::toString)
                .map("before", Work.<Long, Long>cpu(n -> n).concurrency(1))
                .queue(Capacity.bounded(capacity))
                .map(
                        "after",
                        Work.<Long, Long>io(n -> {
                                    if (n == 0) {
                                        Latches.await(full);
                                    }
                                    finished.incrementAndGet();
                                    return n;
                                })
                                .concurrency(1))
                .build();

        TopologyRun<Long> run = ParallelExecutor.threads(2).run(topology);
        RunReport report = run.execute().block(PATIENCE);

        assertThat(report.counts().done()).isEqualTo(1000);
        assertThat(mostInFlight.get()).isBetween(capacity + 1L, bound);
        assertThat(run.queues())
                .extracting(QueueDepth::edge)
                .containsExactly("'numbers' -> 'before'", "'before' -> 'after'");
        assertThat(run.queues().get(1).capacity()).isEqualTo(capacity);
        assertThat(run.queues().get(1).highest()).isBetween(1, capacity);
    }

    @Test
    void aQueueBehindTheLastWorkIsFilledWithoutDemand() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1 + 5);
        Topology<Long> topology = numbers(100)
                .map(
                        "work",
                        Work.<Long, Long>cpu(n -> {
                                    called.countDown();
                                    return n;
                                })
                                .concurrency(1))
                .queue(Capacity.bounded(5))
                .build();
        TopologyRun<Long> run = ParallelExecutor.threads(1).run(topology);

        StepVerifier.create(run.outcomes(), 0)
                .expectSubscription()
                .then(() -> awaitUnchecked(called))
                .thenCancel()
                .verify(PATIENCE);

        // five wait in the queue, the sixth at the end of the work
        assertThat(report(run).works().get(0).calls()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(names = {"CPU", "IO"})
    void worksOfOneKindThatFollowEachOtherRunAsOneHop(WorkKind kind) {
        Map<Long, Thread> firstOn = new ConcurrentHashMap<>();
        AtomicInteger firstCalls = new AtomicInteger();
        WorkFunction<Long, Long> first = n -> {
            firstCalls.incrementAndGet();
            firstOn.put(n, Thread.currentThread());
            return n;
        };
        WorkFunction<Long, Long> second = n -> {
            // the limit of the hop is the smaller one: nobody else is in the first work while this runs
            assertThat(firstCalls).hasValue((int) (n + 1));
            assertThat(Thread.currentThread()).isSameAs(firstOn.get(n));
            return n;
        };
        Topology<Long> topology = numbers(200)
                .map("first", work(kind, first).concurrency(4))
                .map("second", work(kind, second).concurrency(1))
                .build();

        assertThat(run(topology, 4).counts().done()).isEqualTo(200);
    }

    @Test
    void anExplicitQueueBetweenWorksOfOneKindMakesTwoHops() {
        CountDownLatch secondItem = new CountDownLatch(2);
        Topology<Long> topology = numbers(2)
                .map(
                        "first",
                        Work.<Long, Long>cpu(n -> {
                                    secondItem.countDown();
                                    return n;
                                })
                                .concurrency(1))
                .queue(Capacity.bounded(1))
                .map("second", Work.<Long, Long>cpu(n -> {
                    Latches.await(secondItem);
                    return n;
                }))
                .build();

        assertThat(run(topology, 2).counts().done()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void cancellingInterruptsARunningWork(WorkKind kind) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<Thread> worker = new AtomicReference<>();
        WorkFunction<Long, Long> endless = n -> {
            worker.set(Thread.currentThread());
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return n;
        };
        Topology<Long> topology =
                numbers(10).map("endless", work(kind, endless)).build();
        TopologyRun<Long> run = ParallelExecutor.threads(1).run(topology);

        StepVerifier.create(run.outcomes())
                .expectSubscription()
                .then(() -> awaitUnchecked(started))
                .thenCancel()
                .verify(PATIENCE);

        Latches.await(interrupted);
        RunReport report = report(run);
        assertThat(report.state()).isEqualTo(RunState.CANCELLED);
        assertThat(report.counts().ended()).isZero();
        if (kind != WorkKind.ASYNC) {
            Latches.awaitEnd(worker.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CPU", "IO", "ASYNC", "all"})
    void aLongChainOfHopsDoesNotOverflowTheStack(String kind) {
        Stage<Long> stage = numbers(50);
        for (int i = 0; i < 100; i++) {
            WorkKind next = kind.equals("all") ? WorkKind.values()[i % 3] : WorkKind.valueOf(kind);
            Work<Long, Long> work = next == WorkKind.ASYNC ? Work.async(n -> Mono.just(n + 1)) : work(next, n -> n + 1);
            stage = stage.map("work-" + i, work.concurrency(1)).queue(Capacity.bounded(1));
        }

        assertThat(run(stage.build(), 2).counts().done()).isEqualTo(50);
    }

    @Test
    void aTopologyWithoutWorksPassesTheSourceThrough() {
        Topology<Long> topology = numbers(100).queue(Capacity.bounded(3)).build();

        StepVerifier.create(ParallelExecutor.threads(2).run(topology).outcomes())
                .expectNext(new Outcome.Done<>("0", 0, 0L))
                .expectNextCount(99)
                .expectComplete()
                .verify(PATIENCE);
    }

    private Long noting(Set<String> names, Long value) {
        threads.add(Thread.currentThread());
        names.add(Thread.currentThread().getName());
        return value;
    }

    private static Stage<Long> numbers(long count) {
        return Topology.named("numbers").source("numbers", Series.range(0, count, 1));
    }

    /** A work of that kind; what an async one returns runs the function on a thread that may block. */
    private static <T> Work<T, T> work(WorkKind kind, WorkFunction<T, T> function) {
        Function<T, Mono<T>> elsewhere =
                value -> Mono.fromCallable(() -> function.apply(value)).subscribeOn(Schedulers.boundedElastic());
        return switch (kind) {
            case CPU -> Work.cpu(function);
            case IO -> Work.io(function);
            case ASYNC -> Work.async(elsewhere);
        };
    }

    private static RunReport run(Topology<?> topology, int threads) {
        return ParallelExecutor.threads(threads).run(topology).execute().block(PATIENCE);
    }

    private static RunReport report(TopologyRun<?> run) {
        return run.report().block(PATIENCE);
    }

    private static Throwable failure(Topology<Long> topology) {
        Outcome<Long> outcome =
                ParallelExecutor.threads(1).run(topology).outcomes().blockLast(PATIENCE);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<Long>) outcome).cause();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            Latches.await(latch);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
