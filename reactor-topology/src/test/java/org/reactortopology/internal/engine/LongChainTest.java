package org.reactortopology.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.Work;
import org.reactortopology.internal.run.InJvm;
import org.reactortopology.spi.SliceEngine;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Chains of works whose values are there at once, so that each is called from inside of the one before it. */
@Timeout(120)
class LongChainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WORKS = 1_000;
    private static final int ITEMS = 20;

    /** As new threads have where nobody asks for another. */
    private static final long STACK_BYTES = 1 << 20;

    private static final TopologyExecutor IMMEDIATE = new TopologyExecutor() {
        @Override
        public <O> TopologyRun<O> run(Topology<O> topology) {
            return InJvm.run(topology, SliceEngine::immediate);
        }
    };

    static List<TopologyExecutor> executors() {
        return List.of(ParallelExecutor.threads(2), SequentialExecutor.create(), IMMEDIATE);
    }

    private static Topology<Long> chain(Stage<Long> source) {
        Stage<Long> stage = source;
        for (int work = 0; work < WORKS; work++) {
            stage = stage.map("work" + work, Work.<Long, Long>async(n -> Mono.just(n + 1)));
        }
        return stage.build();
    }

    private static Stage<Long> numbers() {
        return Topology.named("chain").source("numbers", Series.range(0, ITEMS, 1));
    }

    /** On a thread whose stack is as long as most are. */
    private static void onAThread(Runnable task) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(null, task, "chain", STACK_BYTES);
        thread.setUncaughtExceptionHandler((of, e) -> thrown.set(e));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thrown).hasNullValue();
    }

    private static Flux<Long> values(Flux<Outcome<Long>> outcomes) {
        return outcomes.map(outcome -> ((Outcome.Done<Long>) outcome).value());
    }

    @ParameterizedTest
    @MethodSource("executors")
    void everyItemGoesThroughAThousandWorks(TopologyExecutor executor) {
        Topology<Long> topology = chain(numbers());
        onAThread(() -> assertThat(
                        values(executor.run(topology).outcomes()).collectList().block(PATIENCE))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(WORKS, WORKS + ITEMS).boxed().toList()));
    }

    @Test
    void oneThreadKeepsTheOrderOfTheSource() {
        Topology<Long> topology = chain(numbers());
        onAThread(() -> assertThat(
                        values(SequentialExecutor.create().run(topology).outcomes())
                                .collectList()
                                .block(PATIENCE))
                .containsExactlyElementsOf(
                        LongStream.range(WORKS, WORKS + ITEMS).boxed().toList()));
    }

    /** On one thread all the way, whose tasks of the run that waits must not wait for it in turn. */
    @Test
    void aWorkMayWaitForAnotherRun() {
        Topology<Long> inner = chain(numbers());
        Topology<Long> outer = chain(numbers()
                .map(
                        "wait",
                        Work.<Long, Long>async(n -> Mono.fromSupplier(() -> n
                                + Objects.requireNonNull(
                                        values(IMMEDIATE.run(inner).outcomes())
                                                .count()
                                                .block(PATIENCE))))));
        onAThread(() -> assertThat(
                        values(IMMEDIATE.run(outer).outcomes()).collectList().block(PATIENCE))
                .containsExactlyInAnyOrderElementsOf(LongStream.range(WORKS + ITEMS, WORKS + 2 * ITEMS)
                        .boxed()
                        .toList()));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void anItemThatFailedPassesByAllTheOthers(TopologyExecutor executor) {
        Topology<Long> topology = chain(numbers()
                .map("fail", Work.<Long, Long>async(n -> Mono.error(new IllegalStateException("on purpose")))));
        onAThread(() -> assertThat(
                        executor.run(topology).outcomes().collectList().block(PATIENCE))
                .hasSize(ITEMS)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.cause()).hasMessage("on purpose"))));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void demandIsKept(TopologyExecutor executor) {
        Topology<Long> topology = chain(numbers());
        onAThread(() -> assertThat(values(executor.run(topology).outcomes())
                        .limitRate(1)
                        .take(ITEMS / 2)
                        .collectList()
                        .block(PATIENCE))
                .hasSize(ITEMS / 2));
    }
}
