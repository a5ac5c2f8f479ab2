package org.reactortopology.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.async;
import static org.reactortopology.Work.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.Outcome;
import org.reactortopology.RetryPolicy;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.Work;
import reactor.core.publisher.Mono;

/** What an observer is told that items went through, where they are run in this JVM. */
class TraceTest extends TracedRuns {

    @ParameterizedTest
    @MethodSource("executors")
    void eachItemOfALineIsToldOnceWithTheTimeInEachWork(TopologyExecutor executor) {
        Map<String, Outcome<Long>> outcomes = run(
                executor,
                numbers(500)
                        .map("one", cpu(TracedRuns::busy))
                        .map("two", Work.<Long, Long>io(TracedRuns::busy))
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
                .map("one", cpu(TracedRuns::busy))
                .map("two", cpu(TracedRuns::failingOdd))
                .map("three", cpu(TracedRuns::busy))
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
                        .map("one", cpu(TracedRuns::failingOdd))
                        .recover("two", cpu(failed -> busy(7L)))
                        .build());

        assertTrace("0", 1, 0);
        assertTrace("1", 1, 0, 1);
    }

    @ParameterizedTest
    @MethodSource("executors")
    void attemptsAreCountedAndTheirTimesAdded(TopologyExecutor executor) {
        Map<Long, Integer> calls = new ConcurrentHashMap<>();
        run(
                executor,
                numbers(4)
                        .map("once", cpu(TracedRuns::busy))
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
                        .map("behind", cpu(TracedRuns::busy))
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
    void whatIsRefusedIsNotTold(TopologyExecutor executor) {
        refused.addAll(List.of("1", "3"));
        Map<String, Outcome<Long>> outcomes =
                run(executor, numbers(5).map("one", cpu(TracedRuns::busy)).build());

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
}
