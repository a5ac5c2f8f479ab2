package org.reactortopology.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.Outcome;
import org.reactortopology.Outcome.Consumed;
import org.reactortopology.Outcome.Done;
import org.reactortopology.Outcome.Failed;
import org.reactortopology.RunReport;
import org.reactortopology.RunReport.WorkReport;
import org.reactortopology.RunState;
import org.reactortopology.Series;
import org.reactortopology.StoppedOnFailureException;
import org.reactortopology.Topology;
import org.reactortopology.TopologyException;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.test.GraphCase.Params;
import org.reactortopology.test.GraphCase.Shape;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What every executor does with the verbs of graphs. An executor's test extends this class and says how to make one. */
@Timeout(120)
public abstract class GraphContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String probe = UUID.randomUUID().toString();

    /** A new executor of the kind under test. */
    protected abstract TopologyExecutor executor();

    /** Most items that a run of this executor holds beside those in explicit queues. */
    protected long inFlight() {
        return 128;
    }

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void aJoinComputesFromBothSides() {
        assertThat(run(Shape.JOIN, 100).outcomes.values())
                .hasSize(100)
                .allSatisfy(outcome -> assertThat(value(outcome)).isEqualTo(3 * outcome.index() + 1));
    }

    @Test
    void aJoinOfThreeTakesThemInTheirOrder() {
        assertThat(run(Shape.JOIN_THREE, 100).outcomes.values())
                .hasSize(100)
                .allSatisfy(outcome -> assertThat(value(outcome)).isEqualTo(6 * outcome.index()));
    }

    @Test
    void aJoinNamesTheSideThatIsMissing() {
        Run run = run(Shape.JOIN_FILTERED, 10);

        assertThat(value(run.outcome("4"))).isEqualTo(8);
        Failed<Long> failed = run.failed("5");
        assertThat(failed.work()).isEqualTo("sum");
        assertThat(failed.cause()).hasMessageContaining("no value of key '5' from 'two'");
        assertThat(run.report.counts()).isEqualTo(new RunReport.Counts(10, 5, 5, 0, 0, 0));
    }

    @Test
    void ofTwoFailedSidesTheFirstIsToldOf() {
        Run run = run(Shape.JOIN_FAILED, 90);

        assertThat(run.failed("30").work()).isEqualTo("one");
        assertThat(run.report.counts()).isEqualTo(new RunReport.Counts(90, 60, 30, 0, 0, 0));
        assertThat(run.work("two").failures()).isEqualTo(30);
    }

    @Test
    void anItemTakesOneRouteAndAFailedOneTheFirst() {
        Run run = run(Shape.BRANCH, 12);

        assertThat(value(run.outcome("4"))).isEqualTo(4);
        assertThat(value(run.outcome("5"))).isEqualTo(50);
        assertThat(value(run.outcome("3"))).isEqualTo(-1);
        assertThat(run.report.counts().done()).isEqualTo(12);
        assertThat(run.work("ten").calls()).isEqualTo(4);
    }

    @Test
    void childrenAreMadeAsTheyAreAskedFor() {
        TopologyRun<Long> run = executor().run(topology(Shape.ENDLESS_CHILDREN, 1, 1));

        StepVerifier.create(run.outcomes(), 0)
                .thenRequest(20)
                .expectNextCount(20)
                .thenCancel()
                .verify(PATIENCE);

        assertThat(await(run.report()).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aSecondChildOfOneKeyFailsItsParent() {
        Run run = run(Shape.SAME_CHILD_KEY, 3);

        assertThat(run.failed("1").work()).isEqualTo("children");
        assertThat(run.failed("1").cause()).hasMessageContaining("'child-1'");
        assertThat(value(run.outcome("child-1"))).isEqualTo(1);
        assertThat(run.report.counts()).isEqualTo(new RunReport.Counts(3, 3, 3, 0, 0, 0, 0, 3));
    }

    @Test
    void fourImagesMakeThreeSuccessivePairs() {
        Run run = run(Shape.SUCCESSIVE, 2);
        assertThat(value(run.outcome("0+1"))).isEqualTo(1);
        assertThat(run.outcome("0")).isEqualTo(new Consumed<>("0", 0, "pair", 1));

        Run failing = run(Shape.SUCCESSIVE, 4);
        assertThat(failing.outcomes).hasSize(4 + 3);
        assertThat(value(failing.outcome("0+1"))).isEqualTo(1);
        assertThat(failing.failed("1+2").work()).isEqualTo("read");
        assertThat(failing.failed("2+3").work()).isEqualTo("read");
        assertThat(failing.failed("1").work()).isEqualTo("pair");
        assertThat(failing.failed("2").work()).isEqualTo("read");
    }

    @Test
    void aValueThatCannotBeComputedEndsTheRunBeforeAnItemIsTaken() {
        StepVerifier.create(executor().run(topology(Shape.BROKEN_ONCE, 5, 1)).outcomes())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(TopologyException.class)
                        .hasMessageContaining("'mask'")
                        .hasMessageContaining("no mask"))
                .verify(PATIENCE);
        assertThat(SourceProbe.named(probe).emitted()).isZero();
    }

    @Test
    void aLoopGoesRoundUntilItsExitOrItsBound() {
        Run run = run(Shape.LOOP, 20);

        assertThat(value(run.outcome("16"))).isEqualTo(1);
        assertThat(run.failed("0").work()).isEqualTo("again");
        assertThat(run.failed("0").cause()).hasMessageContaining("after 5 rounds");
        assertThat(run.report.counts()).isEqualTo(new RunReport.Counts(20, 18, 2, 0, 0, 0));
    }

    @Test
    void aWorkThatTakesTooLongIsInterrupted() {
        Run run = run(Shape.TIMEOUT, 4);

        assertThat(run.outcome("3")).isInstanceOfSatisfying(Outcome.TimedOut.class, late -> {
            assertThat(late.work()).isEqualTo("wait");
            assertThat(late.limit()).isEqualTo(Duration.ofMillis(50));
        });
        assertThat(run.outcomes).hasSize(4);
    }

    @Test
    void aWorkIsTriedAsOftenAsAsked() {
        Run run = run(Shape.RETRY, 5);

        assertThat(run.failed("2").causeType()).isEqualTo(IllegalArgumentException.class.getName());
        assertThat(run.work("try").calls()).isEqualTo(15);
    }

    @Test
    void theMeanOfNineteenImagesIsExact() {
        Run run = run(Shape.MEAN, 19);

        assertThat(run.report.result(GraphCase.MEAN)).isEqualTo(9.0);
        assertThat(run.work("mean").calls()).isEqualTo(19);
        assertThat(run(Shape.MEAN, 0).report.result(GraphCase.MEAN)).isEqualTo(0.0);
    }

    @Test
    void aFailureOnABranchStopsTheRunWhereThatIsAsked() {
        TopologyRun<Long> run = executor().run(topology(Shape.STOPPING, -1, 1));

        StepVerifier.create(run.outcomes().filter(Outcome::isFailure))
                .expectNextCount(1)
                .expectError(StoppedOnFailureException.class)
                .verify(PATIENCE);
        assertThat(await(run.report()).state()).isEqualTo(RunState.HALTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 1024})
    void noQueueHoldsMoreThanItsBound(int capacity) {
        TopologyRun<Long> run = executor().run(topology(Shape.QUEUES, -1, capacity));
        long held = 5L * capacity + inFlight();

        StepVerifier.create(run.outcomes().doOnNext(each -> assertBounded(run, 301 + held)), 0)
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertBounded(run, 1 + held))
                .thenRequest(300)
                .expectNextCount(300)
                .then(() -> assertBounded(run, 301 + held))
                .thenCancel()
                .verify(PATIENCE);
        assertThat(await(run.report()).state()).isEqualTo(RunState.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(names = {"JOIN", "BRANCH", "SAME_CHILD_KEY", "LOOP", "MEAN", "QUEUES", "RETRY", "SUCCESSIVE"})
    void cancellingEndsEveryThread(Shape shape) {
        TopologyRun<Long> run = executor().run(topology(shape, -1, 4));

        StepVerifier.create(run.outcomes().take(3))
                .expectNextCount(3)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(await(run.report()).state()).isEqualTo(RunState.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 3})
    void aSplitSeriesIsCoveredOnceInOrder(long parts) {
        Series<Long> series = parts == 9 ? Series.range(1, 55, 2) : Series.range(0, 10, 1);

        List<Series<Long>> split = series.split((int) parts);

        assertThat(split).hasSize((int) Math.min(parts, series.size()));
        List<Long> together = split.stream()
                .flatMap(part -> LongStream.range(0, part.size()).mapToObj(part::valueAt))
                .toList();
        assertThat(together)
                .isEqualTo(LongStream.range(0, series.size())
                        .mapToObj(series::valueAt)
                        .toList());
    }

    private void assertBounded(TopologyRun<Long> run, long mostTaken) {
        assertThat(run.queues()).allSatisfy(queue -> {
            assertThat(queue.highest()).isLessThanOrEqualTo(queue.capacity());
            assertThat(queue.depth()).isLessThanOrEqualTo(queue.capacity());
        });
        assertThat(SourceProbe.named(probe).emitted()).isLessThanOrEqualTo(mostTaken);
    }

    private Topology<Long> topology(Shape shape, long items, int capacity) {
        return Topology.from(GraphCase.class, new Params(shape, probe, items, capacity));
    }

    private Run run(Shape shape, long items) {
        TopologyRun<Long> run = executor().run(topology(shape, items, 1));
        Map<String, Outcome<Long>> outcomes = new HashMap<>();
        await(run.outcomes().collectList())
                .forEach(outcome ->
                        assertThat(outcomes.put(outcome.key(), outcome)).isNull());
        return new Run(outcomes, await(run.report()));
    }

    private static long value(Outcome<Long> outcome) {
        assertThat(outcome).isInstanceOf(Done.class);
        return ((Done<Long>) outcome).value();
    }

    private static <T> T await(Mono<T> result) {
        return Objects.requireNonNull(result.block(PATIENCE), "completed empty");
    }

    private record Run(Map<String, Outcome<Long>> outcomes, RunReport report) {
        Outcome<Long> outcome(String key) {
            return Objects.requireNonNull(outcomes.get(key), key);
        }

        Failed<Long> failed(String key) {
            return (Failed<Long>) outcome(key);
        }

        WorkReport work(String name) {
            return report.works().stream()
                    .filter(work -> work.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
