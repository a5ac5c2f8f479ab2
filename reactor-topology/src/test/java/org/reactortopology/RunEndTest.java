package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How a run is ended early, and what it reports then. */
class RunEndTest extends RunsOfNumbers {

    @Test
    void cancellingExecuteCancelsTheRun() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        TopologyRun<Long> run = sequential(numbers(3)
                .map("stuck", Work.<Long, Long>io(n -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                    return n;
                }))
                .build());

        Disposable execution = run.execute().subscribe();
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        execution.dispose();

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        RunReport report = run.report().block(PATIENCE);
        assertThat(report.state()).isEqualTo(RunState.CANCELLED);
        assertThat(report.error()).isEmpty();
        assertThat(report.counts().unfinished()).isPositive();
    }

    @Test
    void aSubscriberThatThrowsCancelsTheRun() {
        TopologyRun<Long> run = sequential(numbers(100).build());
        AtomicReference<Throwable> seen = new AtomicReference<>();
        run.outcomes().subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnNext(Outcome<Long> outcome) {
                throw new IllegalStateException("full");
            }

            @Override
            protected void hookOnError(Throwable error) {
                seen.set(error);
            }
        });

        assertThat(run.report().block(PATIENCE).state()).isEqualTo(RunState.CANCELLED);
        assertThat(seen.get()).hasMessage("full");
    }

    @Test
    void stopOnFailureOfARunWithoutFailureCompletes() {
        Topology<Long> topology = Topology.named("fine")
                .stopOnFailure()
                .source("numbers", Series.range(0, 5, 1))
                .build();

        assertThat(sequential(topology).execute().block(PATIENCE).state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void stopOnFailureSaysWhatFailed() {
        Topology<Long> topology = Topology.named("stops")
                .stopOnFailure()
                .source("numbers", Series.range(0, 5, 1))
                .map("odd", Work.<Long, Long>cpu(n -> {
                    throw new IllegalArgumentException("not today");
                }))
                .build();

        StepVerifier.create(sequential(topology).outcomes())
                .expectNextMatches(Outcome::isFailure)
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .hasMessage("topology 'stops' stopped at its first failure, as asked by stopOnFailure(): "
                                    + "work 'odd' failed for key '0': not today")
                            .hasCauseInstanceOf(IllegalArgumentException.class);
                    assertThat(((StoppedOnFailureException) error).outcome().key())
                            .isEqualTo("0");
                })
                .verify(PATIENCE);
    }

    @Test
    void aDrainOfASourceThatHasEndedChangesNothing() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        TopologyRun<Long> run = ParallelExecutor.threads(2)
                .run(Topology.named("t")
                        .source("numbers", Series.range(0, 2, 1))
                        .map("wait", Work.cpu(n -> {
                            begun.countDown();
                            goOn.await();
                            return n;
                        }))
                        .build());
        Mono<RunReport> report = run.execute().cache();
        report.subscribe();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        run.drain(PATIENCE);
        goOn.countDown();

        assertThat(report.block(PATIENCE).state()).isEqualTo(RunState.COMPLETED);
        assertThat(report.block(PATIENCE).counts().done()).isEqualTo(2);
    }

    @Test
    void stopInterruptsWorksThatRun() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        TopologyRun<Long> run = ParallelExecutor.threads(2)
                .run(numbers(1000)
                        .map("wait", Work.cpu(n -> {
                            begun.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                            }
                            return n;
                        }))
                        .build());
        run.outcomes().subscribe();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        RunReport report = run.stop().block(PATIENCE);

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(report.state()).isEqualTo(RunState.STOPPED);
        assertThat(report.counts().ended()).isZero();
        assertThat(report.counts().unfinished()).isEqualTo(report.counts().taken());
    }

    @Test
    void ofSeveralDeadlinesTheEarliestCounts() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TopologyRun<Long> run = sequential(numbers(10)
                .map("wait", Work.cpu(n -> {
                    begun.countDown();
                    never.await();
                    return n;
                }))
                .build());
        run.outcomes().subscribe();
        await(begun);

        run.drain(Duration.ofSeconds(Long.MAX_VALUE));
        run.drain(Duration.ofMillis(1));
        run.drain(Duration.ofDays(1));

        assertThat(run.report().block(PATIENCE).state()).isEqualTo(RunState.STOPPED);
    }

    @Test
    void aDeadlineOfZeroStopsAndOneBelowIsRefused() {
        TopologyRun<Long> run = sequential(numbers(3).build());

        assertThatThrownBy(() -> run.drain(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S")
                .hasMessageContaining("zero or positive");
        assertThat(run.drain(Duration.ZERO).block(PATIENCE).state()).isEqualTo(RunState.STOPPED);
    }

    @Test
    void aRunThatIsEndedBeforeItsSubscriptionIsEmptyForEverySubscriber() {
        TopologyRun<Long> run = sequential(numbers(3).build());

        run.stop();

        assertThat(run.execute().block(PATIENCE).summary()).contains("stopped", "0 done", "0 unfinished");
        StepVerifier.create(run.outcomes()).verifyComplete();
        StepVerifier.create(run.progress()).expectNextCount(1).verifyComplete();
    }

    @Test
    void whatIsEndedFromInsideOfAnOutcomeEndsBehindIt() {
        TopologyRun<Long> run = sequential(numbers(1000).build());
        List<String> keys = new ArrayList<>();

        StepVerifier.create(run.outcomes().doOnNext(outcome -> {
                    keys.add(outcome.key());
                    if (outcome.key().equals("4")) {
                        run.stop();
                    }
                }))
                .expectNextCount(5)
                .verifyComplete();

        assertThat(keys).containsExactly("0", "1", "2", "3", "4");
        assertThat(run.report().block(PATIENCE).counts().done()).isEqualTo(5);
    }
}
