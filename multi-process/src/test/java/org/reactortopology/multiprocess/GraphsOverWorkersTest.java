package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactortopology.InvalidTopologyException;
import org.reactortopology.Outcome;
import org.reactortopology.Partitioning;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Topology;
import org.reactortopology.TopologyException;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.GraphTopology.Params;
import org.reactortopology.multiprocess.GraphTopology.Shape;
import org.reactortopology.multiprocess.internal.simulation.InMemoryLauncher;
import org.reactortopology.test.LeakCheck;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Graphs over workers end as they do on one thread, whatever the partitioning and however small the buffers. */
@Timeout(120)
class GraphsOverWorkersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long ITEMS = 60;

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoThread("topology-");
        LeakCheck.awaitNoChildProcess();
    }

    @ParameterizedTest
    @EnumSource
    void outcomesAreThoseOfTheSequentialExecutor(Shape shape) {
        Set<String> expected = texts(outcomes(SequentialExecutor.create(), topology(shape, Partitioning.ON_DEMAND)));
        for (Partitioning how : Partitioning.values()) {
            boolean refused = shape == Shape.PAIRS_BEHIND && how == Partitioning.CONTIGUOUS;
            for (int outcomeBuffer : refused ? new int[0] : new int[] {1, 4096}) {
                assertEnds(topology(shape, how), outcomeBuffer, expected, how + ", " + outcomeBuffer);
            }
        }
    }

    private static void assertEnds(Topology<Object> topology, int outcomeBuffer, Set<String> expected, String what) {
        TopologyRun<Object> run = inMemory(2, outcomeBuffer).run(topology);
        List<Outcome<Object>> outcomes = run.outcomes().collectList().block(PATIENCE);
        RunReport report = run.report().block(PATIENCE);

        assertThat(texts(outcomes)).as(what).isEqualTo(expected);
        assertThat(outcomes).as(what).hasSameSizeAs(expected);
        assertThat(report.state()).as(what).isEqualTo(RunState.COMPLETED);
        assertThat(report.counts().taken()).as(what).isEqualTo(ITEMS);
        assertThat(report.counts().unfinished()).as(what).isZero();
        assertThat(report.works())
                .extracting(RunReport.WorkReport::name)
                .containsExactlyElementsOf(topology.plan().works().stream()
                        .map(each -> each.name())
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(names = {"CHILDREN", "GRANDCHILDREN", "EVERY_KIND"})
    void whatWasMadeOfAnItemComesBeforeIt(Shape shape) {
        List<Outcome<Object>> outcomes = outcomes(inMemory(2, 2), topology(shape, Partitioning.ON_DEMAND));

        Set<String> seen = new HashSet<>();
        long derived = 0;
        for (Outcome<Object> outcome : outcomes) {
            int end = outcome.key().lastIndexOf('/');
            if (end > 0) {
                derived++;
                assertThat(seen)
                        .doesNotContain(outcome.key().substring(0, outcome.key().indexOf('/')));
            }
            assertThat(seen.add(outcome.key())).as(outcome.key()).isTrue();
        }
        assertThat(derived).isPositive();
    }

    @Test
    void everyKindOfOutcomeCrosses() {
        List<Outcome<Object>> outcomes = outcomes(inMemory(2, 16), topology(Shape.EVERY_KIND, Partitioning.ON_DEMAND));

        Set<Class<?>> kinds = outcomes.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        Outcome.Done.class,
                        Outcome.Failed.class,
                        Outcome.TimedOut.class,
                        Outcome.Skipped.class,
                        Outcome.Consumed.class);
        assertThat(outcomes.stream().filter(Outcome.TimedOut.class::isInstance))
                .isNotEmpty()
                .allSatisfy(outcome -> {
                    Outcome.TimedOut<Object> late = (Outcome.TimedOut<Object>) outcome;
                    assertThat(late.work()).isEqualTo("work");
                    assertThat(late.limit()).isEqualTo(Duration.ofMillis(50));
                    assertThat(late.elapsed()).isGreaterThanOrEqualTo(late.limit());
                });
    }

    @Test
    void contiguousSharesInFrontOfWhatNeedsTheOrderAreRefused() {
        Topology<Object> topology = topology(Shape.PAIRS_BEHIND, Partitioning.CONTIGUOUS);

        assertThatThrownBy(() -> inMemory(2, 16).run(topology))
                .isInstanceOf(InvalidTopologyException.class)
                .hasMessageContaining("onDemand()");
    }

    @ParameterizedTest
    @EnumSource(names = {"CHILDREN", "SINK_OUTSIDE"})
    void demandStopsBetweenTwoChildren(Shape shape) {
        StepVerifier.create(
                        inMemory(2, 1)
                                .run(topology(shape, Partitioning.ON_DEMAND))
                                .outcomes(),
                        0)
                .thenRequest(3)
                .expectNextCount(3)
                .thenRequest(20)
                .expectNextCount(20)
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void aggregatesAndValuesComputedOnceInMemory() {
        GraphTopology.Mean.COMPUTED.clear();

        RunReport report = mean(inMemory(3, 4096), 19).report();

        assertThat(report.result(GraphTopology.Mean.MEAN)).isEqualTo(new GraphTopology.Sum(171, 19));
        assertThat(report.result(GraphTopology.Mean.TAIL).count()).isEqualTo(19);
        assertThat(GraphTopology.Mean.COMPUTED.get("shared")).hasValue(1);
        assertThat(GraphTopology.Mean.COMPUTED.get("own")).hasValue(3);
    }

    @Test
    void anEmptyAggregateFinishes() {
        RunReport report = mean(inMemory(2, 4096), 0).report();

        assertThat(report.state()).isEqualTo(RunState.COMPLETED);
        assertThat(report.result(GraphTopology.Mean.MEAN)).isEqualTo(new GraphTopology.Sum(0, 0));
    }

    /** In turn: as many items for either, and each of the works marked ran in a worker, the others here. */
    @Test
    void onlyTheMarkedWorksRunInWorkers() {
        String here = Long.toString(ProcessHandle.current().pid());
        MultiProcessExecutor executor = MultiProcessExecutor.builder()
                .workers(2)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .jvmOption(ShortLived.JVM_OPTION)
                .build();

        MeanRun run = mean(executor, 19);

        assertThat(run.report().result(GraphTopology.Mean.MEAN)).isEqualTo(new GraphTopology.Sum(171, 19));
        Map<Long, String> workers = run.report().workers().stream()
                .collect(Collectors.toMap(RunReport.WorkerReport::pid, worker -> Long.toString(worker.items())));
        assertThat(workers.values()).containsExactlyInAnyOrder("10", "9");
        assertThat(run.values()).hasSize(19).allSatisfy(value -> {
            String[] seen = value.split(":");
            assertThat(seen[1]).as("who computed the shared value").isEqualTo(here);
            assertThat(workers).as("who ran the work").containsKey(Long.valueOf(seen[2]));
            assertThat(seen[3]).as("who computed the worker's own").isEqualTo(seen[2]);
            assertThat(seen[4]).as("who ran the tail").isEqualTo(here);
        });
        assertThat(run.report().works().stream()
                        .collect(Collectors.toMap(RunReport.WorkReport::name, RunReport.WorkReport::calls)))
                .allSatisfy((name, calls) -> assertThat(calls).as(name).isEqualTo(19));
    }

    @Test
    void aKeyGoesToTheSameWorkerInEveryRun() {
        List<Long> first = itemsOfEachWorker(Partitioning.byKey());

        assertThat(first).hasSize(3).allSatisfy(items -> assertThat(items).isPositive());
        assertThat(itemsOfEachWorker(Partitioning.byKey())).isEqualTo(first);
        assertThat(itemsOfEachWorker(Partitioning.roundRobin())).containsExactly(20L, 20L, 20L);
    }

    private static List<Long> itemsOfEachWorker(Partitioning how) {
        RunReport report = inMemory(3, 16)
                .run(topology(Shape.FAILED_BEFORE, how))
                .execute()
                .block(PATIENCE);
        RunReport all =
                inMemory(3, 16).run(topology(Shape.PUBLISHER, how)).execute().block(PATIENCE);
        assertThat(report.counts().taken()).isEqualTo(ITEMS);
        return all.workers().stream().map(RunReport.WorkerReport::items).toList();
    }

    @Test
    void anAccumulatorThatCannotCrossEndsTheRunAndIsNamed() {
        assertThatThrownBy(() -> outcomes(inMemory(2, 16), broken(GraphTopology.Broken.UNNAMED_ACCUMULATOR)))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("aggregate 'sum'")
                .hasMessageContaining(GraphTopology.Sum.class.getName());
    }

    @ParameterizedTest
    @EnumSource(names = {"ONCE_THROWS", "ONCE_UNNAMED", "OWN_THROWS"})
    void aValueThatWorksNeedAndCannotHaveEndsTheRunBeforeAnItemIsTaken(GraphTopology.Broken how) {
        TopologyRun<Object> run = inMemory(2, 16).run(broken(how));

        assertThatThrownBy(() -> run.outcomes().blockLast(PATIENCE))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("'value'");
        RunReport report = run.report().block(PATIENCE);
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.counts().taken()).isZero();
    }

    private static Topology<Object> broken(GraphTopology.Broken how) {
        return Topology.from(GraphTopology.BrokenTopology.class, how);
    }

    @Test
    void aFiniteFluxGoesThroughWorkers() {
        Topology<Long> topology = Topology.from(GraphTopology.Input.class, "x");
        List<Outcome<Long>> outcomes = Flux.fromStream(LongStream.range(0, 500).boxed())
                .transform(inMemory(2, 16).through(topology))
                .collectList()
                .block(PATIENCE);

        assertThat(outcomes)
                .hasSize(500)
                .allSatisfy(outcome ->
                        assertThat(((Outcome.Done<Long>) outcome).value()).isEqualTo(outcome.index() + 1));
    }

    @Test
    void cancellingAnEndlessFluxLeavesNothing() {
        Topology<Long> topology = Topology.from(GraphTopology.Input.class, "x");
        List<String> cancelled = new ArrayList<>();
        Flux<Long> endless = Flux.<Long, Long>generate(() -> 0L, (next, sink) -> {
                    sink.next(next);
                    return next + 1;
                })
                .doOnCancel(() -> cancelled.add("cancelled"));

        StepVerifier.create(endless.transform(inMemory(2, 16).through(topology)), 0)
                .thenRequest(100)
                .expectNextCount(100)
                .thenCancel()
                .verify(PATIENCE);

        Awaitility.await().untilAsserted(() -> assertThat(cancelled).containsExactly("cancelled"));
    }

    @Test
    void anInputWithoutAFluxIsRefused() {
        Topology<Long> topology = Topology.from(GraphTopology.Input.class, "x");

        assertThatThrownBy(() -> inMemory(1, 1).run(topology).outcomes().blockLast(PATIENCE))
                .isInstanceOf(InvalidTopologyException.class)
                .hasMessageContaining("through(topology)");
    }

    private record MeanRun(List<String> values, RunReport report) {}

    private static MeanRun mean(TopologyExecutor executor, long items) {
        TopologyRun<String> run = executor.run(Topology.from(GraphTopology.Mean.class, items));
        List<String> values = run.outcomes()
                .map(outcome -> ((Outcome.Done<String>) outcome).value())
                .collectList()
                .block(PATIENCE);
        return new MeanRun(values, run.report().block(PATIENCE));
    }

    private static Topology<Object> topology(Shape shape, Partitioning how) {
        return Topology.from(GraphTopology.class, new Params(shape, ITEMS, how));
    }

    private static List<Outcome<Object>> outcomes(TopologyExecutor executor, Topology<Object> topology) {
        return executor.run(topology).outcomes().collectList().block(PATIENCE);
    }

    private static MultiProcessExecutor inMemory(int workers, int outcomeBuffer) {
        MultiProcessBuilder settings = MultiProcessExecutor.builder()
                .workers(workers)
                .threads(2)
                .itemBuffer(16, 1024 * 1024)
                .outcomeBuffer(outcomeBuffer, 1024 * 1024);
        return new MultiProcessExecutor(settings, (process, topology) -> new InMemoryLauncher());
    }

    /** What two executors must agree on. */
    private static Set<String> texts(List<Outcome<Object>> outcomes) {
        Function<Outcome<Object>, String> text = outcome -> {
            String what = outcome.getClass().getSimpleName() + " " + outcome.key() + " " + outcome.index() + " ";
            if (outcome instanceof Outcome.Done<Object> done) {
                return what + done.value();
            } else if (outcome instanceof Outcome.Failed<Object> failed) {
                return what + failed.work() + " " + failed.causeType() + " "
                        + failed.cause().getMessage();
            } else if (outcome instanceof Outcome.TimedOut<Object> late) {
                return what + late.work();
            } else if (outcome instanceof Outcome.Skipped<Object> skipped) {
                return what + skipped.reason();
            } else if (outcome instanceof Outcome.Consumed<Object> consumed) {
                return what + consumed.by() + " " + consumed.children();
            }
            return what;
        };
        return outcomes.stream().map(text).collect(Collectors.toSet());
    }
}
