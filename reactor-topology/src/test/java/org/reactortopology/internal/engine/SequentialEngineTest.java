package org.reactortopology.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport.WorkReport;
import org.reactortopology.RunState;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.Work;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.SliceEngine;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

@Timeout(120)
class SequentialEngineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    @Test
    void everyWorkRunsOnTheOneThreadOneItemAfterTheOtherAlsoBehindAnAsyncWork() throws InterruptedException {
        Topology<Long> topology = Topology.named("mixed")
                .source("numbers", Series.range(0, 50, 1))
                .map("a", Work.cpu(n -> noting("a", n)))
                .map("b", Work.async(n -> {
                    noting("b", n);
                    return Mono.just(n).publishOn(Schedulers.boundedElastic());
                }))
                .map("c", Work.io(n -> noting("c", n)))
                .map("d", Work.async(n -> Mono.just(noting("d", n))))
                .map("e", Work.cpu(n -> noting("e", n)))
                .build();

        List<String> keys = new ArrayList<>();
        SequentialExecutor.create()
                .run(topology)
                .outcomes()
                .doOnNext(outcome -> noting("out", outcome.index()))
                .map(Outcome::key)
                .doOnNext(keys::add)
                .blockLast(PATIENCE);

        assertThat(keys)
                .containsExactlyElementsOf(
                        LongStream.range(0, 50).mapToObj(Long::toString).toList());
        assertThat(calls)
                .containsExactlyElementsOf(LongStream.range(0, 50)
                        .boxed()
                        .flatMap(n -> Stream.of("a", "b", "c", "d", "e", "out").map(work -> work + n))
                        .toList());
        assertThat(threads)
                .singleElement()
                .satisfies(thread -> assertThat(thread.getName()).matches("topology-sequential-\\d+"));
        Latches.awaitEnd(threads.iterator().next());
    }

    @Test
    void allCallsAreCountedWhenTheEndIsTold() {
        TopologyPlan plan = Topology.named("counted")
                .source("numbers", Series.range(0, 3, 1))
                .map("same", Work.cpu((Long n) -> n))
                .build()
                .plan();
        WorkStats stats = new WorkStats(plan);
        List<WorkReport> told = new ArrayList<>();

        TestPublisher<Item> items = TestPublisher.create();

        SliceEngine.immediate(plan, stats)
                .run(items.flux(), item -> item, item -> item)
                .subscribe(item -> {}, failure -> {}, () -> told.addAll(stats.reports()));
        items.emit(Item.of("0", 0, 0L), Item.of("1", 1, 1L), Item.of("2", 2, 2L));

        assertThat(told).extracting(WorkReport::calls).containsExactly(3L);
    }

    @Test
    void cancellingInterruptsTheRunningWork() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Topology<Long> topology = Topology.named("endless")
                .source("numbers", Series.range(0, 5, 1))
                .map("endless", Work.<Long, Long>io(n -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return n;
                }))
                .build();
        TopologyRun<Long> run = SequentialExecutor.create().run(topology);

        StepVerifier.create(run.outcomes())
                .expectSubscription()
                .then(() -> {
                    try {
                        Latches.await(started);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                })
                .thenCancel()
                .verify(PATIENCE);

        Latches.await(interrupted);
        assertThat(run.report().block(PATIENCE).state()).isEqualTo(RunState.CANCELLED);
    }

    private Long noting(String work, Long number) {
        threads.add(Thread.currentThread());
        calls.add(work + number);
        return number;
    }
}
