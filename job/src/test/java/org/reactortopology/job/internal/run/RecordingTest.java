package org.reactortopology.job.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.Progress;
import org.reactortopology.QueueDepth;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobMode;
import org.reactortopology.test.LeakCheck;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@Timeout(60)
class RecordingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Topology<Long> topology = Topology.named("numbers")
            .source("numbers", Series.range(0, 3, 1))
            .map("work", cpu((Long n) -> n))
            .build();

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoThread("topology-");
    }

    /** The worker of the subscription never gets to it, as one that is disposed of meanwhile. */
    @Test
    void aRunThatIsStoppedWhileItsDirectoryIsOpenedHasAnEnd() throws Exception {
        JobObserver observer = new JobObserver(topology.plan());
        TopologyRun<Long> inner = ParallelExecutor.threads(1).run(topology.observed(observer));
        Sinks.One<RunReport> report = Sinks.one();
        Scheduler never = Schedulers.fromExecutor(task -> {});
        JobSettings settings = new JobSettings(directory, JobMode.FRESH, 8, false);
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Flux<Outcome<Long>> outcomes = new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Outcome<Long>> actual) {
                new Recording<>(inner, observer, report, 8, never.createWorker(), actual).begin(actual, failed -> {
                    opening.countDown();
                    stopped.await();
                    return new Opening(settings, topology, "parallel", observer, failed).open();
                });
            }
        };
        CompletableFuture<List<Outcome<Long>>> end = outcomes.collectList().toFuture();
        assertThat(opening.await(30, TimeUnit.SECONDS)).isTrue();
        inner.stop();
        stopped.countDown();

        assertThat(end.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(report.asMono().block(PATIENCE).state()).isEqualTo(RunState.STOPPED);
        assertThat(directory.resolve("lock")).doesNotExist();
        never.dispose();
    }

    @Test
    void aRunThatIsCancelledBeforeItsDirectoryIsOpenEndsAsWell() {
        TopologyRun<Long> run =
                Job.in(directory).on(ParallelExecutor.threads(1)).run(topology);

        run.outcomes().subscribe().dispose();

        assertThat(run.report().block(PATIENCE).state()).isEqualTo(RunState.CANCELLED);
        assertThat(directory.resolve("lock")).doesNotExist();
    }

    @Test
    void aRunThatCannotBeLookedAtIsRecordedAllTheSame() {
        TopologyRun<Long> run = Job.in(directory).on(new Unseen()).run(topology);

        assertThat(run.outcomes().collectList().block(PATIENCE)).hasSize(3);
        assertThat(run.report().block(PATIENCE).state()).isEqualTo(RunState.COMPLETED);
        assertThat(Job.in(directory).status().settled()).isEqualTo(3);
        assertThat(directory.resolve("lock")).doesNotExist();
    }

    @Test
    void aReportThatCannotBeWrittenDownStillComes() {
        TopologyRun<Long> run = Job.in(directory).on(new Unseen(true)).run(topology);

        run.outcomes().onErrorComplete().blockLast(PATIENCE);
        assertThat(run.report().block(PATIENCE).state()).isEqualTo(RunState.FAILED);
        assertThat(directory.resolve("lock")).doesNotExist();
    }

    /** Runs whose works and progress throw when they are asked for, and whose report has a hole. */
    private record Unseen(boolean noState) implements TopologyExecutor {

        Unseen() {
            this(false);
        }

        @Override
        public <O> TopologyRun<O> run(Topology<O> ran) {
            TopologyRun<O> run = ParallelExecutor.threads(1).run(ran);
            return new TopologyRun<>() {
                @Override
                public Flux<Outcome<O>> outcomes() {
                    return run.outcomes();
                }

                @Override
                public Mono<RunReport> report() {
                    return run.report().map(told -> noState ? broken(told) : told);
                }

                @Override
                public Flux<Progress> progress() {
                    throw new AssertionError("no progress");
                }

                @Override
                public List<QueueDepth> queues() {
                    return run.queues();
                }

                @Override
                public List<RunReport.WorkReport> works() {
                    throw new IllegalStateException("no works");
                }

                @Override
                public List<RunReport.WorkerReport> workers() {
                    return run.workers();
                }

                @Override
                public Mono<RunReport> drain(Duration deadline) {
                    return run.drain(deadline);
                }

                @Override
                public Mono<RunReport> stop() {
                    return run.stop();
                }
            };
        }

        private static RunReport broken(RunReport told) {
            Throwable error = new IllegalStateException() {
                @Override
                public String getMessage() {
                    throw new OutOfMemoryError("asked for");
                }
            };
            return new RunReport(
                    told.topology(),
                    told.state(),
                    told.counts(),
                    told.wall(),
                    told.works(),
                    told.workers(),
                    told.results(),
                    java.util.Optional.of(error));
        }
    }
}
