package org.reactortopology.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.test.DeadlineCase.LONG;
import static org.reactortopology.test.DeadlineCase.SHORT;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactortopology.Deadline;
import org.reactortopology.Outcome;
import org.reactortopology.Outcome.Done;
import org.reactortopology.Outcome.Failed;
import org.reactortopology.Outcome.TimedOut;
import org.reactortopology.RunReport;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.test.DeadlineCase.Params;
import org.reactortopology.test.DeadlineCase.Shape;
import reactor.core.publisher.Mono;

/** What every executor does with the deadlines and the attempts of works. An executor's test extends this class and says how to make one. */
@Timeout(120)
public abstract class DeadlineContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A new executor of the kind under test. */
    protected abstract TopologyExecutor executor();

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoThread("topology-");
        LeakCheck.awaitNoThread("ticker");
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT_CPU", "SILENT_IO", "SILENT_ASYNC"})
    void aSilentCallIsEndedAndTheOthersAreNot(Shape shape) {
        Run run = run(shape, 8);

        assertThat(run.report.counts().done()).isEqualTo(5);
        for (String key : new String[] {"0", "3", "6"}) {
            TimedOut<String> late = run.timedOut(key);
            assertThat(late.work()).isEqualTo("work");
            assertThat(late.deadline()).isEqualTo(Deadline.SILENCE);
            assertThat(late.limit()).isEqualTo(SHORT);
            assertThat(late.elapsed()).isBetween(SHORT, LONG);
        }
    }

    @Test
    void progressDoesNotMoveTheLimitOfTheWholeCall() {
        Run run = run(Shape.TICKING, 4);

        assertThat(run.report.counts().done()).isEqualTo(2);
        assertThat(run.timedOut("0").deadline()).isEqualTo(Deadline.TOTAL);
        assertThat(run.timedOut("3").limit()).isEqualTo(SHORT);
    }

    @Test
    void everyCallKnowsItsKey() {
        Run run = run(Shape.KEYS, 200);

        assertThat(run.outcomes).hasSize(200);
        run.outcomes.forEach((key, outcome) ->
                assertThat(outcome).isEqualTo(new Done<>(key, outcome.index(), "cpu" + (" " + key).repeat(5))));
    }

    @Test
    void failuresAndTimeoutsHaveAttemptsOfTheirOwn() {
        Run run = run(Shape.RETRIED, 3);

        assertThat(run.outcome("0"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.cause()).hasMessage("attempt 3"));
        assertThat(run.timedOut("1").deadline()).isEqualTo(Deadline.TOTAL);
        assertThat(run.outcome("2")).isInstanceOf(Done.class);
        assertThat(run.report.works().get(0).calls()).isEqualTo(3 + 2 + 1);
    }

    @Test
    void anItemMayBeTriedForBothReasons() {
        Run run = run(Shape.MIXED, 2);

        assertThat(run.outcomes.values())
                .hasSize(2)
                .allSatisfy(outcome ->
                        assertThat(outcome).isEqualTo(new Done<>(outcome.key(), outcome.index(), "attempt 3")));
        assertThat(run.report.works().get(0).calls()).isEqualTo(2 * 3);
    }

    private Run run(Shape shape, long items) {
        TopologyRun<String> run = executor().run(Topology.from(DeadlineCase.class, new Params(shape, items)));
        Map<String, Outcome<String>> outcomes = new HashMap<>();
        await(run.outcomes().collectList())
                .forEach(outcome ->
                        assertThat(outcomes.put(outcome.key(), outcome)).isNull());
        return new Run(outcomes, await(run.report()));
    }

    private static <T> T await(Mono<T> result) {
        return Objects.requireNonNull(result.block(PATIENCE), "completed empty");
    }

    private record Run(Map<String, Outcome<String>> outcomes, RunReport report) {
        Outcome<String> outcome(String key) {
            return Objects.requireNonNull(outcomes.get(key), key);
        }

        TimedOut<String> timedOut(String key) {
            return (TimedOut<String>) outcome(key);
        }
    }
}
