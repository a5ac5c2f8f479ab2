package org.reactortopology.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.HaltedException;
import org.reactortopology.Outcome;
import org.reactortopology.Partitioning;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.test.EndsTopology.Params;
import org.reactortopology.test.EndsTopology.Rule;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How a run ends before its source does, in every executor. An executor's test extends this class and says how to make one. */
@Timeout(120)
public abstract class EndsContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final String probe = UUID.randomUUID().toString();

    @TempDir
    Path directory;

    /** A new executor of the kind under test. */
    protected abstract TopologyExecutor executor();

    @AfterEach
    void nothingIsLeft() {
        new FileGate(directory).open();
        LeakCheck.awaitNoThread("topology-");
    }

    @ParameterizedTest
    @CsvSource({
        "true, ON_DEMAND",
        "true, CONTIGUOUS",
        "true, ROUND_ROBIN",
        "true, BY_KEY",
        "false, ON_DEMAND",
        "false, ROUND_ROBIN",
        "false, BY_KEY"
    })
    void drainFinishesWhatIsInFlightAndTakesNoMore(boolean series, Partitioning partitioning) {
        Live live = start(params(series, partitioning).waitingFrom(20));
        awaitArrival();

        Mono<RunReport> drained = live.run.drain(PATIENCE);
        long taken =
                Objects.requireNonNull(live.run.progress().blockFirst(PATIENCE)).taken();
        assertThat(live.end).isNotDone();
        new FileGate(directory).open();
        RunReport report = await(drained);

        assertThat(live.end).isCompleted();
        assertThat(report.state()).isEqualTo(RunState.DRAINED);
        assertThat(report.error()).isEmpty();
        assertThat(report.counts()).isEqualTo(new RunReport.Counts(taken, taken, 0, 0, 0, 0));
        assertThat(live.keys()).doesNotHaveDuplicates().hasSize((int) taken);
        if (partitioning != Partitioning.CONTIGUOUS) {
            assertThat(live.keys())
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, taken).mapToObj(Long::toString).toList());
        }
        if (!series) {
            SourceProbe source = SourceProbe.named(probe);
            Awaitility.await().atMost(PATIENCE).until(() -> source.cancellations() == 1);
            // the source may be emitting one while it is cancelled
            assertThat(source.emitted()).isBetween(taken, taken + 1);
        }
    }

    @Test
    void drainRunsWhatASourceThatIsStillBeingReadHasGiven() {
        SourceProbe source = SourceProbe.named(probe);
        Live live = start(params(false, Partitioning.CONTIGUOUS));
        Awaitility.await().atMost(PATIENCE).until(() -> source.emitted() > 0);

        RunReport report = await(live.run.drain(PATIENCE));

        assertThat(report.state()).isEqualTo(RunState.DRAINED);
        assertThat(report.counts().done())
                .isPositive()
                .isEqualTo(report.counts().taken());
        assertThat(live.keys()).doesNotHaveDuplicates().hasSize((int)
                report.counts().done());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLeftAtTheDeadlineIsStopped(boolean series) {
        Live live = start(params(series, Partitioning.ON_DEMAND).waitingFrom(5));
        awaitArrival();

        RunReport report = await(live.run.drain(SHORT));

        assertStopped(live, report);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopCompletesWithWhatHadArrived(boolean series) {
        Live live = start(params(series, Partitioning.ON_DEMAND).waitingFrom(5));
        awaitArrival();

        RunReport report = await(live.run.stop());

        assertStopped(live, report);
    }

    @Test
    void aDrainThatTakesTooLongCanBeStopped() {
        Live live = start(params(true, Partitioning.ON_DEMAND).waitingFrom(5));
        awaitArrival();

        live.run.drain(PATIENCE.multipliedBy(1000));
        RunReport report = await(live.run.stop());

        assertStopped(live, report);
        assertThat(await(live.run.stop())).isSameAs(report);
        assertThat(await(live.run.drain(SHORT))).isSameAs(report);
        assertThat(await(live.run.report())).isSameAs(report);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theDeadlineEndsADrainWhoseOutcomesNobodyAsksFor(boolean series) {
        TopologyRun<Long> run = run(params(series, Partitioning.ON_DEMAND));

        StepVerifier.create(run.outcomes(), 1)
                .expectNextCount(1)
                .then(() -> run.drain(SHORT))
                .expectComplete()
                .verify(PATIENCE);

        RunReport report = await(run.report());
        assertThat(report.counts().ended()).isOne();
        assertThat(report.state()).isEqualTo(report.counts().unfinished() == 0 ? RunState.DRAINED : RunState.STOPPED);
    }

    @Test
    void aRunThatIsEndedBeforeItsSubscriptionIsEmpty() {
        for (RunState state : List.of(RunState.DRAINED, RunState.STOPPED)) {
            TopologyRun<Long> run = run(params(false, Partitioning.ON_DEMAND));

            RunReport report = await(state == RunState.DRAINED ? run.drain(PATIENCE) : run.stop());

            assertThat(report.state()).isEqualTo(state);
            assertThat(report.counts()).isEqualTo(new RunReport.Counts(0, 0, 0, 0, 0, 0));
            StepVerifier.create(run.outcomes()).expectComplete().verify(PATIENCE);
            assertThat(SourceProbe.named(probe).subscriptions()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"THREE_FAILURES", "SHARE"})
    void aRunThatIsHaltedSoonFinishesWhatIsInFlight(Rule rule) {
        Live live = start(params(false, Partitioning.ON_DEMAND).failing(2, rule, false));

        HaltedException halted = live.halted();
        RunReport report = await(live.run.report());

        assertHalted(halted, rule);
        assertThat(report.state()).isEqualTo(RunState.HALTED);
        assertThat(report.error()).containsSame(halted);
        assertThat(report.counts().unfinished()).isZero();
        assertThat(report.counts().failures()).isGreaterThanOrEqualTo(halted.failures());
        assertThat(live.keys()).doesNotHaveDuplicates().hasSize((int)
                report.counts().taken());
    }

    @ParameterizedTest
    @EnumSource(names = {"THREE_FAILURES", "SHARE"})
    void aRunThatIsHaltedNowEndsBehindTheOutcomeThatMeetsTheRule(Rule rule) {
        Live live = start(params(true, Partitioning.ON_DEMAND).failing(2, rule, true));

        HaltedException halted = live.halted();
        RunReport report = await(live.run.report());

        assertHalted(halted, rule);
        assertThat(report.state()).isEqualTo(RunState.HALTED);
        assertThat(report.counts().ended()).isEqualTo(halted.ended());
        assertThat(report.counts().failures()).isEqualTo(halted.failures());
        assertThat(live.keys()).hasSize((int) halted.ended());
    }

    private static void assertHalted(HaltedException halted, Rule rule) {
        assertThat(halted).hasMessageContaining("'ends'").hasMessageContaining("asked to fail");
        assertThat(halted.lastFailure().isFailure()).isTrue();
        if (rule == Rule.SHARE) {
            assertThat(halted).hasMessageContaining("haltWhen(failedShare(0.3, 20)");
            assertThat(halted.ended()).isGreaterThanOrEqualTo(20);
            assertThat((double) halted.failures() / halted.ended()).isGreaterThanOrEqualTo(0.3);
        } else {
            assertThat(halted).hasMessageContaining("haltWhen(failures(3)");
            assertThat(halted.failures()).isEqualTo(3);
        }
    }

    private void assertStopped(Live live, RunReport report) {
        assertThat(live.end).isCompleted();
        assertThat(report.state()).isEqualTo(RunState.STOPPED);
        assertThat(report.error()).isEmpty();
        assertThat(report.counts().unfinished()).isPositive();
        assertThat(live.keys()).doesNotHaveDuplicates().hasSize((int)
                report.counts().ended());
    }

    private void awaitArrival() {
        FileGate gate = new FileGate(directory);
        Awaitility.await().atMost(PATIENCE).until(() -> gate.arrivals() > 0);
    }

    private Params params(boolean series, Partitioning partitioning) {
        return Params.of(probe, directory, series, partitioning);
    }

    private TopologyRun<Long> run(Params params) {
        return executor().run(Topology.from(EndsTopology.class, params));
    }

    private Live start(Params params) {
        return new Live(run(params));
    }

    private static <T> T await(Mono<T> result) {
        return Objects.requireNonNull(result.block(PATIENCE), "completed empty");
    }

    /** A run under way. */
    private static final class Live {

        final TopologyRun<Long> run;
        final CompletableFuture<Void> end;
        private final Queue<Outcome<Long>> outcomes = new ConcurrentLinkedQueue<>();

        Live(TopologyRun<Long> run) {
            this.run = run;
            this.end = run.outcomes().doOnNext(outcomes::add).then().toFuture();
        }

        List<String> keys() {
            return outcomes.stream().map(Outcome::key).toList();
        }

        /** What the outcomes failed with. */
        HaltedException halted() {
            return (HaltedException) end.handle((nothing, error) -> error)
                    .orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                    .join();
        }
    }
}
