package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.cpu;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts that have ended and pass on beside others: of the same key, or numbered by another count. */
@Timeout(60)
class EndedPartsTest {

    static List<TopologyExecutor> executors() {
        return List.of(SequentialExecutor.create(), ParallelExecutor.threads(2));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void windowsOfWindowsAreOfTheWindowsAlone(TopologyExecutor executor) {
        Topology<Long> topology = numbers("nested", 9)
                .pairs("two")
                .pairs("four")
                .ordered(3)
                .map("sum", cpu(pair -> pair.first().first() + pair.second().second()))
                .build();

        Map<String, Outcome<Long>> outcomes = run(executor, topology);

        assertThat(outcomes).hasSize(9 + 4 + 2);
        assertThat(outcomes.get("0+1+2+3")).isEqualTo(new Outcome.Done<>("0+1+2+3", 0, 3L));
        assertThat(outcomes.get("4+5+6+7")).isEqualTo(new Outcome.Done<>("4+5+6+7", 1, 11L));
        assertThat(outcomes.get("4+5")).isEqualTo(new Outcome.Consumed<>("4+5", 2, "four", 1));
        assertThat(outcomes.get("8")).isInstanceOf(Outcome.Skipped.class);
    }

    @ParameterizedTest
    @MethodSource("executors")
    void aMemberThatWasFilteredOutStaysSkipped(TopologyExecutor executor) {
        Topology<Long> topology = numbers("filtered", 4)
                .filter("odd", cpu(n -> n % 2 == 1))
                .pairs("two")
                .map("sum", cpu(pair -> pair.first() + pair.second()))
                .build();

        Map<String, Outcome<Long>> outcomes = run(executor, topology);

        assertThat(outcomes.get("0")).isInstanceOf(Outcome.Skipped.class);
        assertThat(outcomes.get("0+1")).isInstanceOf(Outcome.Skipped.class);
        assertThat(outcomes.get("1")).isEqualTo(new Outcome.Consumed<>("1", 1, "two", 1));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void failuresTakeNothingFromWhatHasEnded(TopologyExecutor executor) {
        Stage<Long> kept = numbers("failures", 3).filter("odd", cpu(n -> n % 2 == 1));
        kept.failures("failed").sink("log", cpu(failure -> failure));

        Map<String, Outcome<Long>> outcomes = run(executor, kept.build());

        assertThat(outcomes.get("0")).isInstanceOf(Outcome.Skipped.class);
        assertThat(outcomes.get("1")).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void windowsOfFailuresAreRefused() {
        Stage<List<Outcome<Long>>> windows =
                numbers("failures", 3).failures("failed").window("few", 2, 2);

        assertThatThrownBy(windows::build)
                .isInstanceOf(InvalidTopologyException.class)
                .hasMessageContaining("window 'few' needs every item of the source in order")
                .hasMessageContaining("before the branch, failures or flatMap");
    }

    @ParameterizedTest
    @MethodSource("executors")
    void ofTwoThatMadeChildrenTheFirstIsToBlame(TopologyExecutor executor) {
        Stage<Long> numbers = numbers("two-makers", 200);
        Stage<Long> one = numbers.flatMap("one", cpu(n -> List.of(n)), (n, i) -> "one-" + n)
                .map("fails-one", cpu(EndedPartsTest::fail));
        numbers.flatMap("other", cpu(n -> List.of(n)), (n, i) -> "other-" + n)
                .sink("fails-other", cpu(EndedPartsTest::fail));

        Map<String, Outcome<Long>> outcomes = run(executor, one.build());

        for (int n = 0; n < 200; n++) {
            Outcome.Failed<Long> parent = (Outcome.Failed<Long>) outcomes.get(Integer.toString(n));
            assertThat(parent.work()).isEqualTo("one");
            assertThat(parent.cause()).hasMessageContaining("2 of the 2 items").hasMessageContaining("'one-" + n + "'");
        }
    }

    @ParameterizedTest
    @MethodSource("executors")
    void aConsumedParentPassesAJoinBesideItsOwnKey(TopologyExecutor executor) {
        Stage<Long> numbers = numbers("merged", 50);
        Stage<Long> all = numbers.flatMap("child", cpu(n -> List.of(n))).merge("all", numbers);
        Stage<Long> one = all.map("one", cpu(n -> n));
        Stage<Long> other = all.map("other", Work.io(n -> n));

        Map<String, Outcome<Long>> outcomes =
                run(executor, one.joinByKey("sum", other, (a, b) -> a + b).build());

        assertThat(outcomes).hasSize(100);
        assertThat(outcomes.values()).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Done.class));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void partsThatEndedBeforeALoopDoNotResetTheRoundsOfAnother(TopologyExecutor executor) {
        Map<String, AtomicInteger> rounds = new ConcurrentHashMap<>();
        Stage<Long> numbers = numbers("loop", 50);
        Stage<Long> other = numbers.flatMap("other", cpu(n -> List.<Long>of()), (n, i) -> "other-" + n);
        Stage<Long> all = numbers.flatMap("child", cpu(n -> List.<Long>of()), (n, i) -> "child-" + n)
                .merge("all", other, numbers);
        Topology<Long> topology = all.loop(
                        "again",
                        3,
                        body -> body.mapKeyed("count", (key, n) -> {
                            rounds.computeIfAbsent(key, each -> new AtomicInteger())
                                    .incrementAndGet();
                            return n;
                        }),
                        cpu(n -> false))
                .build();

        Map<String, Outcome<Long>> outcomes = run(executor, topology);

        assertThat(outcomes.values()).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Failed.class));
        assertThat(rounds.values())
                .hasSize(50)
                .allSatisfy(made -> assertThat(made).hasValue(3));
    }

    private static Stage<Long> numbers(String name, long items) {
        return Topology.named(name).source("numbers", Series.range(0, items, 1));
    }

    private static Long fail(Long n) {
        throw new IllegalArgumentException("asked to fail");
    }

    private static Map<String, Outcome<Long>> run(TopologyExecutor executor, Topology<Long> topology) {
        Map<String, Outcome<Long>> outcomes = new TreeMap<>();
        executor.run(topology)
                .outcomes()
                .toStream(1)
                .forEach(outcome ->
                        assertThat(outcomes.put(outcome.key(), outcome)).isNull());
        return outcomes;
    }
}
