package org.reactortopology.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.DuplicateKeyException;
import org.reactortopology.Outcome;
import org.reactortopology.Partitioning;
import org.reactortopology.Progress;
import org.reactortopology.RunReport;
import org.reactortopology.RunReport.WorkReport;
import org.reactortopology.RunState;
import org.reactortopology.SourceFailedException;
import org.reactortopology.StoppedOnFailureException;
import org.reactortopology.Topology;
import org.reactortopology.TopologyException;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.test.ContractTopology.From;
import org.reactortopology.test.ContractTopology.How;
import org.reactortopology.test.ContractTopology.Params;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * What every executor does: same keys, same values, failures as values, demand, cancel, stop on failure, empty and broken sources, and nothing
 * left behind. An executor's test extends this class and says how to make one.
 */
@Timeout(120)
public abstract class TopologyExecutorContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String probe = UUID.randomUUID().toString();

    /** A new executor of the kind under test. */
    protected abstract TopologyExecutor executor();

    /** Most items that a run of this executor may have taken from the source when {@code taken} outcomes have been asked for. */
    protected abstract long mostTaken(long outcomes);

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoThread("topology-");
    }

    @ParameterizedTest
    @EnumSource(names = {"SERIES", "PUBLISHER", "OTHER_THREAD"})
    void everyKeyIsDoneOnceWithTheSameValue(From from) {
        Run run = run(params(from, 1000));

        assertThat(run.keys()).containsExactlyInAnyOrderElementsOf(keys(1000));
        assertThat(run.outcomes).allSatisfy(outcome -> {
            assertThat(outcome).isInstanceOf(Outcome.Done.class);
            assertThat(((Outcome.Done<Long>) outcome).value()).isEqualTo(ContractTopology.expected(outcome.index()));
            assertThat(outcome.key()).isEqualTo(Long.toString(outcome.index()));
        });
        assertThat(run.report.state()).isEqualTo(RunState.COMPLETED);
        assertThat(run.report.counts()).isEqualTo(new RunReport.Counts(1000, 1000, 0, 0, 0, 0));
        assertThat(run.report.error()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 7})
    void shortSourcesComplete(long items) {
        for (Partitioning partitioning : List.of(Partitioning.ON_DEMAND, Partitioning.CONTIGUOUS)) {
            for (From from : List.of(From.SERIES, From.PUBLISHER)) {
                assertThat(run(params(from, items).partitioned(partitioning)).keys())
                        .containsExactlyInAnyOrderElementsOf(keys(items));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUND_ROBIN", "BY_KEY"})
    void aShortSourceThatNamesTheWorkerOfEachItemCompletes(Partitioning partitioning) {
        assertThat(run(params(From.SERIES, 3).partitioned(partitioning)).keys())
                .containsExactlyInAnyOrderElementsOf(keys(3));
    }

    @ParameterizedTest
    @EnumSource(names = {"SERIES", "PUBLISHER"})
    void contiguousPartitioningCoversTheSourceOnce(From from) {
        assertThat(run(params(from, 101).partitioned(Partitioning.CONTIGUOUS)).keys())
                .containsExactlyInAnyOrderElementsOf(keys(101));
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsAValueThatKeepsItsKeyAndSkipsTheLaterWorks(How how) {
        Run run = run(params(From.SERIES, 100).failing(10, how));

        assertThat(run.keys()).containsExactlyInAnyOrderElementsOf(keys(100));
        List<Outcome.Failed<Long>> failed = run.failed();
        assertThat(failed).hasSize(10).allSatisfy(failure -> {
            assertThat(failure.index() % 10).isZero();
            assertThat(failure.work()).isEqualTo(workOf(how));
            assertThat(failure.causeType()).isEqualTo(causeOf(how));
        });
        assertThat(run.report.state()).isEqualTo(RunState.COMPLETED);
        assertThat(run.report.counts()).isEqualTo(new RunReport.Counts(100, 90, 10, 0, 0, 0));
        assertWorkCounts(run.report, how);
    }

    @Test
    void aFailureCarriesMessageTraceAndCause() {
        Outcome.Failed<Long> failure =
                run(params(From.SERIES, 1).failing(1, How.IO)).failed().get(0);

        assertThat(failure.cause()).hasMessage(ContractTopology.FAILURE);
        assertThat(failure.cause().getCause()).hasMessage("the deeper reason");
        assertThat(failure.cause().getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(ContractTopology.class.getName()));
        assertThat(failure.summary()).contains("negate", "'0'", ContractTopology.FAILURE);
    }

    @Test
    void stopOnFailureEmitsTheFailureLastAndFails() {
        TopologyRun<Long> run = executor()
                .run(topology(params(From.ENDLESS, 0).failing(50, How.CPU).stopping()));

        StepVerifier.create(run.outcomes().filter(Outcome::isFailure))
                .assertNext(outcome -> assertThat(outcome.index() % 50).isZero())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(StoppedOnFailureException.class)
                        .hasMessageContaining("'add'")
                        .hasMessageContaining(ContractTopology.FAILURE))
                .verify(PATIENCE);
        RunReport report = await(run.report());
        assertThat(report.state()).isEqualTo(RunState.HALTED);
        assertThat(report.counts().failures()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aSourceErrorComesAfterEveryOutcomeAndNamesTheSource(Partitioning partitioning) {
        TopologyRun<Long> run = executor().run(topology(params(From.FAILING, 40).partitioned(partitioning)));

        StepVerifier.create(run.outcomes())
                .expectNextCount(40)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SourceFailedException.class)
                        .hasMessageContaining("'numbers'")
                        .hasMessageContaining("after 40 items")
                        .hasRootCauseMessage("the source broke"))
                .verify(PATIENCE);
        RunReport report = await(run.report());
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.error()).containsInstanceOf(SourceFailedException.class);
        assertThat(report.counts().done()).isEqualTo(40);
    }

    @Test
    void aDuplicateKeyIsAnErrorThatLosesNothing() {
        StepVerifier.create(
                        executor().run(topology(params(From.DUPLICATE_KEY, 30))).outcomes())
                .expectNextCount(29)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(DuplicateKeyException.class)
                        .hasMessageContaining("'numbers'")
                        .hasMessageContaining("'0'")
                        .hasMessageContaining("index 29"))
                .verify(PATIENCE);
    }

    @Test
    void aBlankKeyIsAnErrorThatLosesNothing() {
        StepVerifier.create(executor().run(topology(params(From.BLANK_KEY, 30))).outcomes())
                .expectNextCount(29)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(TopologyException.class)
                        .hasMessageContaining("must not be null or blank"))
                .verify(PATIENCE);
    }

    @Test
    void nothingStartsBeforeTheSubscription() {
        TopologyRun<Long> run = executor().run(topology(params(From.PUBLISHER, 10)));
        run.outcomes();
        assertThat(SourceProbe.named(probe).subscriptions()).isZero();

        assertThat(await(run.execute()).counts().done()).isEqualTo(10);
        assertThat(SourceProbe.named(probe).subscriptions()).isOne();
    }

    @Test
    void aRunIsOneExecution() {
        TopologyRun<Long> run = executor().run(topology(params(From.SERIES, 10)));
        run.execute().block(PATIENCE);

        assertThatThrownBy(() -> run.outcomes().blockLast(PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call executor.run(topology) for another");
    }

    @Test
    void aTopologyRunsManyTimesAlsoAtOnce() {
        TopologyExecutor executor = executor();
        Topology<Long> topology = topology(params(From.SERIES, 200));

        List<RunReport> reports = Flux.range(0, 3)
                .flatMap(i -> executor.run(topology).execute())
                .collectList()
                .block(PATIENCE);

        assertThat(reports)
                .hasSize(3)
                .allSatisfy(report -> assertThat(report.counts().done()).isEqualTo(200));
    }

    @Test
    void demandReachesTheSource() {
        SourceProbe source = SourceProbe.named(probe);
        TopologyRun<Long> run = executor().run(topology(params(From.ENDLESS, 0)));

        StepVerifier.create(run.outcomes(), 0)
                .expectSubscription()
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(source.emitted()).isLessThanOrEqualTo(mostTaken(1)))
                .thenRequest(50)
                .expectNextCount(50)
                .then(() -> assertThat(source.emitted()).isLessThanOrEqualTo(mostTaken(51)))
                .thenRequest(2000)
                .expectNextCount(2000)
                .then(() -> assertThat(source.emitted()).isBetween(2051L, mostTaken(2051)))
                .thenCancel()
                .verify(PATIENCE);

        RunReport report = await(run.report());
        assertThat(report.state()).isEqualTo(RunState.CANCELLED);
        assertThat(source.emitted()).isLessThanOrEqualTo(mostTaken(2051));
    }

    @Test
    void cancellingReachesTheSource() {
        SourceProbe source = SourceProbe.named(probe);
        TopologyRun<Long> run = executor().run(topology(params(From.ENDLESS, 0).working(20)));

        StepVerifier.create(run.outcomes().take(3))
                .expectNextCount(3)
                .expectComplete()
                .verify(PATIENCE);

        RunReport report = await(run.report());
        assertThat(report.state()).isEqualTo(RunState.CANCELLED);
        assertThat(report.counts().done()).isEqualTo(3);
        Awaitility.await().atMost(PATIENCE).until(() -> source.cancellations() == 1);
    }

    @ParameterizedTest
    @EnumSource
    void cancellingReachesASourceThatIsStillBeingRead(Partitioning partitioning) {
        SourceProbe source = SourceProbe.named(probe);
        TopologyRun<Long> run = executor().run(topology(params(From.ENDLESS, 0).partitioned(partitioning)));

        Disposable subscription = run.outcomes().subscribe();
        Awaitility.await().atMost(PATIENCE).until(() -> source.emitted() > 0);
        subscription.dispose();

        assertThat(await(run.report()).state()).isEqualTo(RunState.CANCELLED);
        Awaitility.await().atMost(PATIENCE).until(() -> source.cancellations() == 1);
    }

    @Test
    void theReportNamesEveryWork() {
        RunReport report = run(params(From.SERIES, 20).working(2)).report;

        assertThat(report.topology()).isEqualTo("contract");
        assertThat(report.works())
                .extracting(WorkReport::name)
                .containsExactly("add", "double", "negate", "negate-again");
        assertThat(report.works()).allSatisfy(work -> assertThat(work.calls()).isEqualTo(20));
        assertThat(report.works().get(0).time()).isGreaterThanOrEqualTo(Duration.ofMillis(40));
        assertThat(report.wall()).isPositive();
        assertThat(report.summary()).contains("contract", "completed", "20 done");
    }

    @Test
    void progressEndsWithAllCounts() {
        TopologyRun<Long> run = executor().run(topology(params(From.SERIES, 100).failing(25, How.CPU)));
        StepVerifier.Step<Progress> updates = StepVerifier.create(run.progress().filter(p -> p.ended() == 100))
                .assertNext(progress -> {
                    assertThat(progress.done()).isEqualTo(96);
                    assertThat(progress.failed()).isEqualTo(4);
                    assertThat(progress.total()).hasValue(100);
                    assertThat(progress.taken()).isEqualTo(100);
                });
        var verification = updates.expectComplete().verifyLater();

        run.execute().block(PATIENCE);

        verification.verify(PATIENCE);
    }

    private Params params(From from, long items) {
        return Params.of(probe, from, items);
    }

    private static Topology<Long> topology(Params params) {
        return Topology.from(ContractTopology.class, params);
    }

    private Run run(Params params) {
        TopologyRun<Long> run = executor().run(topology(params));
        List<Outcome<Long>> outcomes = await(run.outcomes().collectList());
        return new Run(outcomes, await(run.report()));
    }

    private static <T> T await(Mono<T> result) {
        return Objects.requireNonNull(result.block(PATIENCE), "completed empty");
    }

    private static List<String> keys(long items) {
        return LongStream.range(0, items).mapToObj(Long::toString).toList();
    }

    private static String workOf(How how) {
        return switch (how) {
            case CPU, NULL, OVERFLOW -> "add";
            case IO -> "negate";
            case ASYNC, EMPTY -> "negate-again";
        };
    }

    private static String causeOf(How how) {
        return switch (how) {
            case CPU, ASYNC -> IllegalArgumentException.class.getName();
            case IO -> java.io.IOException.class.getName();
            case NULL -> NullPointerException.class.getName();
            case EMPTY -> IllegalStateException.class.getName();
            case OVERFLOW -> StackOverflowError.class.getName();
        };
    }

    private static void assertWorkCounts(RunReport report, How how) {
        Map<String, WorkReport> works =
                report.works().stream().collect(Collectors.toMap(WorkReport::name, Function.identity()));
        boolean before = true;
        for (String name : List.of("add", "double", "negate", "negate-again")) {
            WorkReport work = Objects.requireNonNull(works.get(name));
            boolean fails = name.equals(workOf(how));
            assertThat(work.calls()).as("calls of " + name).isEqualTo(before ? 100 : 90);
            assertThat(work.failures()).as("failures of " + name).isEqualTo(fails ? 10 : 0);
            before = before && !fails;
        }
    }

    private record Run(List<Outcome<Long>> outcomes, RunReport report) {
        List<String> keys() {
            return outcomes.stream().map(Outcome::key).toList();
        }

        List<Outcome.Failed<Long>> failed() {
            return outcomes.stream()
                    .filter(Outcome.Failed.class::isInstance)
                    .map(outcome -> (Outcome.Failed<Long>) outcome)
                    .toList();
        }
    }
}
