package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** What a run promises beyond the contract of executors: its report, its progress, its errors. */
class TopologyRunTest extends RunsOfNumbers {

    @Test
    void theReportDoesNotStartTheRunAndReplays() {
        TopologyRun<Long> run = sequential(numbers(3).build());
        List<RunReport> early = new ArrayList<>();
        run.report().subscribe(early::add);
        assertThat(early).isEmpty();

        RunReport report = run.execute().block(PATIENCE);

        assertThat(run.report().block(PATIENCE)).isSameAs(report);
        assertThat(early).containsExactly(report);
        assertThat(report.counts().done()).isEqualTo(3);
    }

    @Test
    void executeFailsWithWhatTheOutcomesFailWithAndTheReportStillComes() {
        Topology<Long> topology = Topology.named("fails")
                .source("numbers", Flux.<Long>error(new IllegalStateException("broke")), Object::toString)
                .build();
        TopologyRun<Long> run = sequential(topology);

        StepVerifier.create(run.execute())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SourceFailedException.class)
                        .hasMessage("source 'numbers' failed after 0 items: java.lang.IllegalStateException: broke"))
                .verify(PATIENCE);

        RunReport report = run.report().block(PATIENCE);
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.error()).containsInstanceOf(SourceFailedException.class);
    }

    @Test
    void aSecondSubscriberDoesNotDisturbTheFirst() {
        TopologyRun<Long> run = sequential(numbers(3).build());
        Flux<Outcome<Long>> outcomes = run.outcomes();

        StepVerifier.create(outcomes, 0)
                .expectSubscription()
                .then(() -> StepVerifier.create(run.outcomes()).verifyError(IllegalStateException.class))
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(3)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(run.report().block(PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void progressGivesTheCountsAtOnceAndAfterEachOutcome() {
        TopologyRun<Long> run = sequential(numbers(3).build());
        List<Long> ended = new ArrayList<>();
        run.progress().map(Progress::ended).subscribe(ended::add);
        assertThat(ended).containsExactly(0L);

        run.execute().block(PATIENCE);

        assertThat(ended).containsExactly(0L, 1L, 2L, 3L);
        StepVerifier.create(run.progress())
                .assertNext(progress -> assertThat(progress.ended()).isEqualTo(3))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aSlowSubscriberOfProgressSeesTheLatest() {
        TopologyRun<Long> run = sequential(numbers(100).build());
        StepVerifier.create(run.progress().map(Progress::ended), 1)
                .expectNext(0L)
                .then(() -> run.execute().block(PATIENCE))
                .thenRequest(10)
                .expectNext(100L)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aSubscriberOfProgressThatIsSlowWithTheFirstSnapshotSeesTheLast() {
        TopologyRun<Long> run = sequential(numbers(100).build());
        List<Long> ended = new ArrayList<>();

        run.progress()
                .map(Progress::ended)
                .doOnNext(count -> {
                    if (count == 0) {
                        run.execute().block(PATIENCE);
                    }
                })
                .subscribe(ended::add);

        assertThat(ended).startsWith(0L).endsWith(100L);
    }

    @Test
    void progressEndsWithARunThatIsCancelledWhileASubscriberIsBusy() throws InterruptedException {
        Sinks.One<Long> late = Sinks.one();
        Topology<Long> topology =
                numbers(2).map("late", Work.async(n -> late.asMono())).build();
        TopologyRun<Long> run = ParallelExecutor.threads(1).run(topology);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch completed = new CountDownLatch(1);
        run.progress()
                .filter(progress -> progress.ended() == 1)
                .subscribe(
                        progress -> {
                            busy.countDown();
                            await(cancelled);
                        },
                        error -> {},
                        completed::countDown);
        Disposable execution = run.outcomes().subscribe();
        Thread emitter = new Thread(() -> late.tryEmitValue(1L), "test-emitter");
        emitter.start();
        assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();

        execution.dispose();
        run.report().block(PATIENCE);
        cancelled.countDown();

        assertThat(completed.await(30, TimeUnit.SECONDS)).isTrue();
        emitter.join();
    }

    @Test
    void theSubscribersContextReachesAsyncWorks() {
        for (TopologyExecutor executor : List.of(SequentialExecutor.create(), ParallelExecutor.threads(2))) {
            Topology<String> topology = numbers(3)
                    .map("first", Work.<Long, Long>cpu(n -> n))
                    .queue(Capacity.bounded(1))
                    .map(
                            "who",
                            Work.async(n -> Mono.deferContextual(context -> Mono.just(context.<String>get("user")))))
                    .build();

            StepVerifier.create(executor.run(topology)
                            .outcomes()
                            .<Object>map(outcome -> ((Outcome.Done<?>) outcome).value())
                            .contextWrite(Context.of("user", "anna")))
                    .expectNext("anna", "anna", "anna")
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }
}
