package org.reactortopology.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.async;
import static org.reactortopology.Work.cpu;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.Keyed;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RetryPolicy;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.Work;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What an observer is told that items went through, where they are run in this JVM. */
@Timeout(120)
class TraceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Each call takes as long at least. */
    private static final long NANOS = 20_000;

    private final Map<String, List<ItemTrace>> told = new ConcurrentHashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final long before = micros();

    private final RunObserver observer = new RunObserver() {
        @Override
        public String skip(String key) {
            return refused.contains(key) ? "refused" : null;
        }

        @Override
        public void traced(String key, long index, ItemTrace trace) {
            told.computeIfAbsent(key, none -> new ArrayList<>()).add(trace);
        }

        @Override
        public void kept(String key, long index, Object value) {}

        @Override
        public Object keptValue(String key, long index) {
            return null;
        }

        @Override
        public Optional<Path> logs() {
            return Optional.empty();
        }
    };

    static List<TopologyExecutor> executors() {
        return List.of(SequentialExecutor.create(), ParallelExecutor.threads(2));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void eachItemOfALineIsToldOnceWithTheTimeInEachWork(TopologyExecutor executor) {
        Map<String, Outcome<Long>> outcomes = run(
                executor,
                numbers(500)
                        .map("one", cpu(TraceTest::busy))
                        .map("two", Work.<Long, Long>io(TraceTest::busy))
                        .filter("three", cpu(n -> busy(n) >= 0))
                        .build());

        assertThat(told.keySet()).isEqualTo(outcomes.keySet()).hasSize(500);
        assertThat(told.keySet()).allSatisfy(key -> assertTrace(key, 1, 0, 1, 2));
    }

    /** Where works are so quick that the sums per work are made of samples, an item's own time is measured all the same. */
    @ParameterizedTest
    @MethodSource("executors")
    void quickWorksAreMeasuredForEachItem(TopologyExecutor executor) {
        run(
                executor,
                numbers(2_000)
                        .map("a", cpu(n -> n + 1))
                        .map("b", cpu(n -> n + 1))
                        .build());

        assertThat(told).hasSize(2_000);
        assertThat(told.values())
                .allSatisfy(traces -> assertThat(traces).singleElement().satisfies(trace -> {
                    assertThat(trace.attempts()).isOne();
                    assertThat(Arrays.stream(trace.nanos())).hasSize(2).allMatch(nanos -> nanos > 0);
                }));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void whatFailedWasInTheWorksUpToTheFailure(TopologyExecutor executor) {
        Topology<Long> topology = numbers(4)
                .map("one", cpu(TraceTest::busy))
                .map("two", cpu(TraceTest::failingOdd))
                .map("three", cpu(TraceTest::busy))
                .build();
        run(executor, topology);

        assertTrace("0", 1, 0, 1, 2);
        assertTrace("1", 1, 0, 1);
        assertTrace("2", 1, 0, 1, 2);
        assertTrace("3", 1, 0, 1);
    }

    @ParameterizedTest
    @MethodSource("executors")
    void aRecoveredItemWasInTheWorkThatRecovers(TopologyExecutor executor) {
        run(
                executor,
                numbers(2)
                        .map("one", cpu(TraceTest::failingOdd))
                        .recover("two", cpu(failed -> busy(7L)))
                        .build());

        assertTrace("0", 1, 0);
        assertTrace("1", 1, 0, 1);
    }

    @ParameterizedTest
    @MethodSource("executors")
    void branchesOfAFanOutShareATrace(TopologyExecutor executor) {
        Stage<Long> first = numbers(200).map("first", cpu(TraceTest::busy));
        Stage<Long> left = first.map("left", cpu(TraceTest::busy));
        Stage<Long> right = first.map("right", cpu(TraceTest::busy));
        Topology<Long> topology = left.joinByKey("both", right, (l, r) -> busy(l + r))
                .map("last", cpu(TraceTest::busy))
                .build();

        run(executor, topology);

        assertThat(topology.plan().works()).hasSize(5);
        assertThat(told).hasSize(200);
        assertThat(told.keySet()).allSatisfy(key -> assertTrace(key, 1, 0, 1, 2, 3, 4));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void branchesThatEndApartAreOneItem(TopologyExecutor executor) {
        Stage<Long> numbers = numbers(50).map("first", cpu(TraceTest::busy));
        Stage<Long> beside = numbers.sink("beside", cpu(TraceTest::busy));
        run(executor, beside.map("main", cpu(TraceTest::busy)).build());

        assertThat(told).hasSize(50);
        assertThat(told.keySet()).allSatisfy(key -> assertTrace(key, 1, 0, 1, 2));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void childrenHaveTracesOfTheirOwn(TopologyExecutor executor) {
        run(
                executor,
                numbers(20)
                        .flatMap("split", cpu(n -> List.of(busy(n), busy(n))))
                        .map("each", cpu(TraceTest::busy))
                        .build());

        assertThat(told).hasSize(20 * 3);
        told.keySet().forEach(key -> assertTrace(key, 1, key.contains("/") ? 1 : 0));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void windowsHaveTracesOfTheirOwn(TopologyExecutor executor) {
        run(
                executor,
                numbers(4)
                        .map("before", cpu(TraceTest::busy))
                        .window("two", 2, 2)
                        .map("each", cpu(list -> busy(list.get(0))))
                        .build());

        assertThat(told).containsOnlyKeys("0", "1", "2", "3", "0..1", "2..3");
        told.keySet().forEach(key -> assertTrace(key, 1, key.contains("..") ? 1 : 0));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void whatAnOperatorEmitsKeepsItsTraceOrHasItsOwn(TopologyExecutor executor) {
        run(
                executor,
                numbers(3)
                        .map("before", cpu(TraceTest::busy))
                        .transform("more", flux -> Flux.concat(Flux.just(new Keyed<>("first", 9L)), flux))
                        .map("behind", cpu(TraceTest::busy))
                        .build());

        assertThat(told).containsOnlyKeys("0", "1", "2", "first");
        assertTrace("first", 1, 1);
        List.of("0", "1", "2").forEach(key -> assertTrace(key, 1, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void attemptsAreCountedAndTheirTimesAdded(TopologyExecutor executor) {
        Map<Long, Integer> calls = new ConcurrentHashMap<>();
        run(
                executor,
                numbers(4)
                        .map("once", cpu(TraceTest::busy))
                        .map(
                                "again",
                                cpu((Long n) -> {
                                            busy(n);
                                            if (calls.merge(n, 1, Integer::sum) <= n) {
                                                throw new IllegalStateException("not yet");
                                            }
                                            return n;
                                        })
                                        .retry(RetryPolicy.failures(2)))
                        .map("behind", cpu(TraceTest::busy))
                        .build());

        assertTrace("0", 1, 0, 1, 2);
        assertTrace("1", 2, 0, 1, 2);
        assertTrace("2", 3, 0, 1, 2);
        assertTrace("3", 3, 0, 1); // given up
        assertThat(of("2").nanos()[1]).isGreaterThanOrEqualTo(3 * NANOS);
    }

    @ParameterizedTest
    @MethodSource("executors")
    void asyncWorksAreMeasuredToTheirValue(TopologyExecutor executor) {
        Map<Long, Integer> calls = new ConcurrentHashMap<>();
        run(
                executor,
                numbers(20)
                        .map("later", async((Long n) -> Mono.fromCallable(() -> busy(n))))
                        .map(
                                "again",
                                async((Long n) -> Mono.fromCallable(() -> {
                                            busy(n);
                                            if (calls.merge(n, 1, Integer::sum) == 1) {
                                                throw new IllegalStateException("not yet");
                                            }
                                            return n;
                                        }))
                                        .retry(RetryPolicy.failures(1)))
                        .build());

        assertThat(told).hasSize(20);
        assertThat(told.keySet()).allSatisfy(key -> assertTrace(key, 2, 0, 1));
        assertThat(of("7").nanos()[1]).isGreaterThanOrEqualTo(2 * NANOS);
    }

    @ParameterizedTest
    @MethodSource("executors")
    void aLoopAddsItsRounds(TopologyExecutor executor) {
        run(
                executor,
                numbers(1)
                        .loop("round", 5, body -> body.map("add", cpu(n -> busy(n) + 1)), cpu(n -> n >= 3))
                        .build());

        assertThat(of("0").nanos()[0]).isGreaterThanOrEqualTo(3 * NANOS);
        assertThat(of("0").attempts()).isOne();
    }

    @ParameterizedTest
    @MethodSource("executors")
    void whatIsRefusedIsNotTold(TopologyExecutor executor) {
        refused.addAll(List.of("1", "3"));
        Map<String, Outcome<Long>> outcomes =
                run(executor, numbers(5).map("one", cpu(TraceTest::busy)).build());

        assertThat(outcomes).hasSize(5);
        assertThat(outcomes.get("3")).isEqualTo(new Outcome.Skipped<>("3", 3, "refused"));
        assertThat(told).containsOnlyKeys("0", "2", "4");
    }

    @ParameterizedTest
    @MethodSource("executors")
    void whatNoWorkWasCalledForHasNotBegun(TopologyExecutor executor) {
        run(executor, numbers(1).ordered(2).build());

        ItemTrace trace = of("0");
        assertThat(trace.startedMicros()).isZero();
        assertThat(trace.attempts()).isZero();
    }

    @ParameterizedTest
    @MethodSource("executors")
    void aTraceIsToldBeforeTheOutcomeIsEmitted(TopologyExecutor executor) {
        ConcurrentLinkedQueue<String> early = new ConcurrentLinkedQueue<>();
        Topology<Long> topology = numbers(300).map("one", cpu(n -> n)).build().observed(observer);
        executor.run(topology)
                .outcomes()
                .doOnNext(outcome -> {
                    if (!told.containsKey(outcome.key())) {
                        early.add(outcome.key());
                    }
                })
                .blockLast(PATIENCE);

        assertThat(early).isEmpty();
        assertThat(told).hasSize(300);
    }

    @Test
    void withoutAnObserverNothingIsTraced() {
        TopologyPlan plan = numbers(1).map("one", cpu(n -> n)).build().plan();

        assertThat(plan.trace()).isNull();
        assertThat(plan.admitted(Item.of("0", 0, 0L)).trace()).isNull();
        assertThat(plan.observed(observer).admitted(Item.of("0", 0, 0L)).trace())
                .isNotNull();
    }

    @Test
    void whatAWorkerSaysIsAdded() {
        Trace trace = new Trace(2);
        assertThat(trace.soFar().worker()).isEqualTo(-1);

        trace.ran(4, 0, 2);
        trace.ran(5, 1_000, 1);
        trace.ran(3, 900, 1);
        trace.ran(7, 0, 0);
        trace.took(1, 5);
        trace.took(1, 6);

        assertThat(trace.soFar().worker()).isEqualTo(7);
        assertThat(trace.soFar().startedMicros()).isEqualTo(900);
        assertThat(trace.soFar().attempts()).isEqualTo(2);
        assertThat(trace.soFar().nanos()).containsExactly(0, 11);
    }

    private static Stage<Long> numbers(long count) {
        return Topology.named("traced").source("numbers", Series.range(0, count, 1));
    }

    private static long busy(long n) {
        long end = System.nanoTime() + NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return n;
    }

    private static long failingOdd(long n) {
        busy(n);
        if (n % 2 == 1) {
            throw new IllegalStateException("odd");
        }
        return n;
    }

    private static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    private <O> Map<String, Outcome<O>> run(TopologyExecutor executor, Topology<O> topology) {
        return Objects.requireNonNull(executor.run(topology.observed(observer))
                .outcomes()
                .collectMap(Outcome::key)
                .block(PATIENCE));
    }

    private ItemTrace of(String key) {
        assertThat(told.get(key)).as("traces of %s", key).hasSize(1);
        return told.get(key).get(0);
    }

    private void assertTrace(String key, int attempts, int... works) {
        ItemTrace trace = of(key);
        assertThat(trace.worker()).as("worker of %s", key).isEqualTo(-1);
        assertThat(trace.attempts()).as("attempts of %s", key).isEqualTo(attempts);
        assertThat(trace.startedMicros()).as("begin of %s", key).isBetween(before, micros());
        for (int i = 0; i < trace.nanos().length; i++) {
            int work = i;
            boolean called = IntStream.of(works).anyMatch(each -> each == work);
            if (called) {
                assertThat(trace.nanos()[i]).as("nanos of %s in %d", key, i).isGreaterThanOrEqualTo(NANOS);
            } else {
                assertThat(trace.nanos()[i]).as("nanos of %s in %d", key, i).isZero();
            }
        }
    }
}
