package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.SliceEngine;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Timeout(120)
class WorkContextTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofHours(1);

    /** Each changes how the work is run, or where. */
    static Stream<Arguments> works() {
        WorkFunction<Object, String> key = any -> key();
        Work<Object, String> cpu = Work.cpu(key);
        Work<Object, String> io = Work.io(key);
        Work<Object, String> async = Work.async(any -> Mono.just(key()));
        return Stream.of(
                        cpu,
                        cpu.timeout(LONG),
                        cpu.silence(LONG),
                        cpu.retry(RetryPolicy.failures(1)),
                        cpu.silence(LONG).retry(RetryPolicy.failures(1)),
                        cpu.retry(RetryPolicy.crashes(1)),
                        io,
                        io.silence(LONG),
                        async,
                        async.silence(LONG))
                .flatMap(work -> Stream.of("sequential", "parallel", "immediate")
                        .map(threads -> Arguments.of(threads + " " + kind(work), threads, work)));
    }

    private static String kind(Work<?, ?> work) {
        return work.kind() + " " + work.timeout() + work.silence() + work.retryPolicy();
    }

    private static String key() {
        WorkContext context = WorkContext.current();
        context.tick();
        assertThat(context.attempt()).isEqualTo(1);
        return context.key();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("works")
    void everyWorkKnowsTheKeyThatItIsCalledFor(String name, String threads, Work<Object, String> work) {
        TopologyPlan plan = Topology.named("keys")
                .source("numbers", Series.range(0, 1000, 1))
                .map("first", Work.<Long, Object>cpu(n -> failingAt(500, n)))
                .map("second", work)
                .filter("third", Work.cpu(key -> key.equals(key())))
                .queue(Capacity.bounded(2))
                .map("last", Work.<String, Object>io(key -> key.equals(key())))
                .build()
                .plan();
        SliceEngine engine = engine(threads, plan);

        List<Outcome<Object>> outcomes = engine.run(items(), Function.identity(), Item::outcome)
                .collectList()
                .block(PATIENCE);
        engine.release().block(PATIENCE);

        assertThat(outcomes).hasSize(1000);
        assertThat(outcomes.stream().filter(Outcome::isFailure))
                .singleElement()
                .satisfies(failed -> assertThat(failed.key()).isEqualTo("500"));
        assertThat(outcomes.stream().filter(outcome -> !outcome.isFailure()))
                .allSatisfy(outcome ->
                        assertThat(outcome).isEqualTo(new Outcome.Done<Object>(outcome.key(), outcome.index(), true)));
    }

    @Test
    void outsideOfACallThereIsNone() {
        assertThatIllegalStateException()
                .isThrownBy(WorkContext::current)
                .withMessageContaining(
                        "no work is called on thread '" + Thread.currentThread().getName() + "'")
                .withMessageContaining("in the function of a work");
    }

    /** The lane has given its item up when its result is handed on. */
    @Test
    void noCallIsLeftBehindOnAThread() {
        AtomicReference<String> told = new AtomicReference<>();
        Topology<Long> topology = Topology.named("one")
                .source("numbers", Series.range(0, 1, 1))
                .map("work", Work.<Long, Long>cpu(n -> n).timeout(LONG))
                .build();

        ParallelExecutor.threads(1)
                .run(topology)
                .outcomes()
                .doOnNext(outcome -> {
                    try {
                        told.set(WorkContext.current().key());
                    } catch (IllegalStateException e) {
                        told.set("none");
                    }
                })
                .blockLast(PATIENCE);

        assertThat(told).hasValue("none");
    }

    @Test
    void aContextIsNamed() {
        AtomicReference<WorkContext> context = new AtomicReference<>();
        Topology<Long> topology = Topology.named("one")
                .source("numbers", Series.range(3, 4, 1))
                .map("work", Work.<Long, Long>cpu(n -> {
                    context.set(WorkContext.current());
                    return n;
                }))
                .build();
        SequentialExecutor.create().run(topology).outcomes().blockLast(PATIENCE);

        assertThat(context.get()).hasToString("WorkContext[key=3, attempt=1]");
        context.get().tick();
    }

    private static SliceEngine engine(String threads, TopologyPlan plan) {
        WorkStats stats = new WorkStats(plan);
        return switch (threads) {
            case "sequential" -> SliceEngine.sequential(plan, stats);
            case "parallel" -> SliceEngine.parallel(plan, stats, 2);
            default -> SliceEngine.immediate(plan, stats);
        };
    }

    private static Flux<Item> items() {
        return Flux.fromStream(LongStream.range(0, 1000).mapToObj(n -> Item.of("key " + n, n, n)))
                .map(item -> item.index() == 500 ? Item.of("500", 500, 500L) : item);
    }

    private static Object failingAt(long at, long n) {
        if (n == at) {
            throw new IllegalArgumentException("not this one");
        }
        return n;
    }
}
