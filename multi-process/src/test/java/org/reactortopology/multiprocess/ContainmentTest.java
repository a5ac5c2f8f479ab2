package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.Deadline;
import org.reactortopology.Outcome;
import org.reactortopology.Partitioning;
import org.reactortopology.RunReport;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.PoisonTopology.Params;
import org.reactortopology.multiprocess.internal.simulation.InMemoryLauncher;
import org.reactortopology.test.LeakCheck;

/** Whatever workers die of, each key has one outcome, and only what kills its worker alone is blamed. */
@Timeout(120)
class ContainmentTest {

    /** Deaths of a worker, alone with an item, by what may be a signal from outside. */
    private static final int TO_BE_SURE = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @AfterEach
    void nothingIsLeft() {
        PoisonTopology.ENDLESS.set(false);
        PoisonTopology.BROKEN.clear();
        PoisonTopology.ONCE.clear();
        LeakCheck.awaitNoThread("topology-");
    }

    @ParameterizedTest
    @EnumSource
    void killersAreBlamedAndNobodyElse(Partitioning partitioning) {
        Params params = new Params(500, List.of(3L, 4L, 250L), partitioning, false, false);

        Map<String, Outcome<Long>> outcomes = run(params, 3, 32);

        assertOutcomes(outcomes, params);
        assertThat(outcomes.get("4")).isInstanceOfSatisfying(Outcome.Crashed.class, crashed -> {
            assertThat(crashed.attempts()).isBetween(4, 5);
            assertThat(crashed.reason()).isEqualTo("killed");
        });
    }

    @Test
    void threeKillersAmongThirtyTwoInFlight() {
        Params params = new Params(32, List.of(5L, 6L, 31L), Partitioning.ON_DEMAND, false, false);
        assertOutcomes(run(params, 1, 32), params);
        assertOutcomes(run(params, 2, 32), params);
    }

    @Test
    void whatKillsOnlyOnceIsNotBlamed() {
        LongStream.range(0, 20).forEach(i -> PoisonTopology.ONCE.add(i * 25));
        Params params = new Params(500, List.of(), Partitioning.ON_DEMAND, false, false);
        assertOutcomes(run(params, 3, 64), params);
    }

    @ParameterizedTest
    @EnumSource
    void anAggregateCountsEveryItemOnce(Partitioning partitioning) {
        Params params = new Params(5000, List.of(7L, 4000L), partitioning, true, false);
        LongStream.range(0, 5).forEach(i -> PoisonTopology.ONCE.add(i * 1000 + 999));
        TopologyRun<Long> run = topologyRun(params, 3, 64);

        assertOutcomes(byKey(run), params);

        long expected = LongStream.range(0, 5000)
                .filter(n -> !params.poison().contains(n))
                .map(n -> 2 * n)
                .sum();
        RunReport report = Objects.requireNonNull(run.report().block(PATIENCE));
        assertThat(report.result(PoisonTopology.SUM)).isEqualTo(expected);
    }

    @Test
    void childrenThatCameBeforeTheDeathComeOnce() {
        LongStream.range(0, 10).forEach(i -> PoisonTopology.ONCE.add(i * 13));
        Params params = new Params(200, List.of(100L), Partitioning.ON_DEMAND, false, true);

        Map<String, Outcome<Long>> outcomes = run(params, 2, 32);

        assertThat(outcomes.get("100")).isInstanceOf(Outcome.Crashed.class);
        LongStream.range(0, 200).filter(n -> n != 100).forEach(n -> {
            assertThat(outcomes.get(Long.toString(n))).isInstanceOf(Outcome.Consumed.class);
            assertThat(outcomes.get(n + "/0")).isEqualTo(new Outcome.Done<>(n + "/0", n, 4 * n));
            assertThat(outcomes.get(n + "/1")).isEqualTo(new Outcome.Done<>(n + "/1", n, 4 * n + 2));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void moreDeathsThanAllowedEndTheRunWithAllOutcomesSoFar(int allowed) {
        InMemoryLauncher workers = new InMemoryLauncher();
        PoisonTopology.WORKERS.set(workers);
        MultiProcessBuilder settings =
                MultiProcessExecutor.builder().workers(1).threads(1).maxRestarts(allowed, Duration.ofMinutes(1));
        Params params = new Params(10, List.of(5L), Partitioning.ON_DEMAND, false, false);
        TopologyRun<Long> run = new MultiProcessExecutor(settings, (process, topology) -> workers)
                .run(Topology.from(PoisonTopology.class, params));
        Map<String, Outcome<Long>> outcomes = new HashMap<>();

        assertThatThrownBy(() -> run.outcomes()
                        .doOnNext(outcome -> outcomes.put(outcome.key(), outcome))
                        .blockLast(PATIENCE))
                .isInstanceOfSatisfying(
                        WorkerDiedException.class,
                        died -> assertThat(died.keysInFlight()).contains("5"))
                .hasMessageContaining("more than " + allowed + " workers died within 60 s")
                .hasMessageContaining("raise maxRestarts");
        RunReport report = Objects.requireNonNull(run.report().block(PATIENCE));
        assertThat(report.counts().done()).isEqualTo(outcomes.size());
        assertThat(outcomes).doesNotContainKey("5");
    }

    @Test
    void aCrashIsTriedAgainWithALargerHeapWhereTheWorkSaysSo() {
        Params params = new Params(200, List.of(PoisonTopology.PATIENT), Partitioning.ON_DEMAND, false, false);

        Map<String, Outcome<Long>> outcomes = run(params, 2, 32);

        assertOutcomes(outcomes, params);
        assertThat(outcomes.get("77"))
                .isInstanceOfSatisfying(
                        Outcome.Crashed.class,
                        crashed -> assertThat(crashed.attempts()).isEqualTo(2 + 3 * TO_BE_SURE));
        assertThat(PoisonTopology.WORKERS.get().heapFactors()).contains(1.0, 2.0, 4.0);
        assertThat(PoisonTopology.WORKERS.get().heapFactors().stream()
                        .filter(factor -> factor > 1)
                        .count())
                .isEqualTo(2 * TO_BE_SURE);
    }

    @Test
    void anErrorOfTheVirtualMachineEndsItsWorkerOnly() {
        PoisonTopology.BROKEN.add(40L);
        Params params = new Params(100, List.of(), Partitioning.ON_DEMAND, false, false);

        Map<String, Outcome<Long>> outcomes = run(params, 2, 32);

        assertThat(outcomes).hasSize(100);
        assertThat(outcomes.values().stream().filter(Outcome::isFailure))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Crashed.class,
                        crashed -> assertThat(crashed.key()).isEqualTo("40"));
    }

    @Test
    void whatIgnoresItsInterruptIsEndedWithItsWorkerAndTheOthersAreRunAgain() {
        PoisonTopology.ENDLESS.set(true);
        Params params = new Params(100, List.of(), Partitioning.ON_DEMAND, false, false, List.of(10L, 11L));

        Map<String, Outcome<Long>> outcomes = run(params, 2, 32);

        assertThat(outcomes).hasSize(100);
        outcomes.forEach((key, outcome) -> {
            if (key.equals("10") || key.equals("11")) {
                assertThat(outcome).isInstanceOfSatisfying(Outcome.TimedOut.class, late -> {
                    assertThat(late.work()).isEqualTo("double");
                    assertThat(late.deadline()).isEqualTo(Deadline.TOTAL);
                    assertThat(late.limit()).isEqualTo(Duration.ofMillis(500));
                    assertThat(late.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(1000));
                });
            } else {
                assertThat(outcome).isInstanceOf(Outcome.Done.class);
            }
        });
    }

    @Test
    void randomDeathsLoseAndDoubleNothing() {
        long seed = ThreadLocalRandom.current().nextLong();
        Params params = new Params(3000, List.of(1234L), Partitioning.ON_DEMAND, true, false);
        java.util.Random random = new java.util.Random(seed);
        random.longs(30, 0, 3000).forEach(PoisonTopology.ONCE::add);
        assertOutcomes(run(params, 4, 16), params);
    }

    private static void assertOutcomes(Map<String, Outcome<Long>> outcomes, Params params) {
        assertThat(outcomes).hasSize((int) params.items());
        LongStream.range(0, params.items()).forEach(n -> {
            Outcome<Long> outcome = Objects.requireNonNull(outcomes.get(Long.toString(n)));
            if (params.poison().contains(n)) {
                assertThat(outcome).isInstanceOf(Outcome.Crashed.class);
            } else {
                assertThat(outcome).isEqualTo(new Outcome.Done<>(Long.toString(n), n, 2 * n));
            }
        });
    }

    private static Map<String, Outcome<Long>> run(Params params, int workers, int itemBuffer) {
        return byKey(topologyRun(params, workers, itemBuffer));
    }

    private static TopologyRun<Long> topologyRun(Params params, int workers, int itemBuffer) {
        InMemoryLauncher launcher = new InMemoryLauncher();
        PoisonTopology.WORKERS.set(launcher);
        MultiProcessBuilder settings = MultiProcessExecutor.builder()
                .workers(workers)
                .threads(2)
                .itemBuffer(itemBuffer, 1024 * 1024)
                .outcomeBuffer(30, 1024 * 1024);
        return new MultiProcessExecutor(settings, (process, topology) -> launcher)
                .run(Topology.from(PoisonTopology.class, params));
    }

    private static Map<String, Outcome<Long>> byKey(TopologyRun<Long> run) {
        Map<String, Outcome<Long>> outcomes = new HashMap<>();
        run.outcomes()
                .doOnNext(outcome -> assertThat(outcomes.put(outcome.key(), outcome))
                        .as("a second outcome of " + outcome.key())
                        .isNull())
                .blockLast(PATIENCE);
        return outcomes;
    }
}
