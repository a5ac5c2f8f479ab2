package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Outcome;
import org.reactortopology.Partitioning;
import org.reactortopology.RunReport;
import org.reactortopology.RunReport.WorkerReport;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyException;
import org.reactortopology.TopologyFactory;
import org.reactortopology.TopologyRun;
import org.reactortopology.Work;
import org.reactortopology.multiprocess.TroubleTopology.Params;
import org.reactortopology.multiprocess.TroubleTopology.Trouble;
import org.reactortopology.test.LeakCheck;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Child JVMs that serve many runs. */
@Timeout(180)
class WorkerPoolTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @AfterEach
    void nothingIsLeft() throws IOException {
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("topology-");
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String own = "rtopology-" + ProcessHandle.current().pid() + "-";
            assertThat(entries.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.startsWith(own));
        }
    }

    @Test
    void oneRunAfterTheOtherUsesTheSameProcess() {
        try (WorkerPool pool = pool(1).build()) {
            MultiProcessExecutor executor = executor(pool);
            Set<Long> first = pids(report(executor, Trouble.NONE, 50));
            Set<Long> second = pids(report(executor(pool), Trouble.NONE, 50));

            assertThat(first).hasSize(1);
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void aCancelledRunGivesItsProcessBack() {
        try (WorkerPool pool = pool(1).build()) {
            TopologyRun<Object> cancelled = executor(pool).run(topology(Trouble.HANG, 1000));
            StepVerifier.create(cancelled.outcomes(), 3)
                    .expectNextCount(3)
                    .thenCancel()
                    .verify(PATIENCE);
            Set<Long> first = pids(cancelled.report().block(PATIENCE));

            assertThat(pids(report(executor(pool), Trouble.NONE, 50))).isEqualTo(first);
        }
    }

    @Test
    void aRunAfterOneThatKilledAWorkerGetsAnother() {
        try (WorkerPool pool = pool(1).build()) {
            executor(pool)
                    .run(topology(Trouble.HALT, 20))
                    .execute()
                    .onErrorComplete()
                    .block(PATIENCE);

            assertThat(report(executor(pool), Trouble.NONE, 50).counts().done()).isEqualTo(50);
        }
    }

    @Test
    void runsThatShareWorkersEndWithOneOutcomeForEachKey() {
        try (WorkerPool pool = pool(2).build()) {
            MultiProcessExecutor executor = executor(pool);
            List<List<String>> keys = Flux.range(0, 3)
                    .flatMap(run -> executor.run(topology(Trouble.NONE, 300))
                            .outcomes()
                            .map(Outcome::key)
                            .collectList())
                    .collectList()
                    .block(PATIENCE);

            assertThat(keys)
                    .hasSize(3)
                    .allSatisfy(run -> assertThat(run)
                            .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 300)
                                    .mapToObj(Long::toString)
                                    .toList()));
        }
    }

    @Test
    void manySmallRunsAtOnceShareTwoProcesses() {
        try (WorkerPool pool = pool(2).build()) {
            MultiProcessExecutor executor = executor(pool);
            List<RunReport> reports = Flux.range(0, 50)
                    .flatMap(run -> executor.run(topology(Trouble.NONE, 3)).execute(), 50)
                    .collectList()
                    .block(PATIENCE);

            assertThat(reports)
                    .hasSize(50)
                    .allSatisfy(report -> assertThat(report.counts().done()).isEqualTo(3));
            assertThat(reports.stream().flatMap(report -> pids(report).stream()).collect(Collectors.toSet()))
                    .hasSizeBetween(1, 2);
        }
    }

    @Test
    void anIdleProcessEndsAndAnotherIsStartedWhenItIsNeeded() {
        try (WorkerPool pool = pool(1).idleExit(Duration.ofMillis(100)).build()) {
            Set<Long> first = pids(report(executor(pool), Trouble.NONE, 10));
            LeakCheck.awaitNoChildProcess();

            assertThat(pids(report(executor(pool), Trouble.NONE, 10))).doesNotContainAnyElementsOf(first);
        }
    }

    @Test
    void eachRunFindsItsOwnCulprit() {
        try (WorkerPool pool = pool(2).build()) {
            List<RunReport> reports = Flux.range(0, 2)
                    .flatMap(
                            i -> executor(pool).run(topology(Trouble.HALT, 300)).execute())
                    .collectList()
                    .block(PATIENCE);

            assertThat(reports).hasSize(2).allSatisfy(report -> {
                assertThat(report.counts().done()).isEqualTo(299);
                assertThat(report.counts().crashed()).isEqualTo(1);
            });
        }
    }

    /** Numbers by key. */
    static final class ByKeyTopology implements TopologyFactory<Long, Long> {
        @Override
        public Topology<Long> create(Long items) {
            return Topology.named("by key")
                    .source("numbers", Series.range(0, items, 1))
                    .partition(Partitioning.byKey())
                    .map("twice", Work.cpu((Long n) -> 2 * n))
                    .build();
        }
    }

    @Test
    void runsThatNameTheWorkerOfEachItemDoNotWaitForEachOthersWorkers() {
        try (WorkerPool pool = pool(2).build()) {
            List<RunReport> reports = Flux.range(0, 3)
                    .flatMap(i -> executor(pool)
                            .run(Topology.from(ByKeyTopology.class, 20_000L))
                            .execute())
                    .collectList()
                    .block(PATIENCE);

            assertThat(reports)
                    .hasSize(3)
                    .allSatisfy(report -> assertThat(report.counts().done()).isEqualTo(20_000));
        }
    }

    @Test
    void aProcessThatHasBeenGivenEnoughItemsIsReplaced() {
        try (WorkerPool pool = pool(1).recycleAfter(15).build()) {
            Set<Long> first = pids(report(executor(pool), Trouble.NONE, 10));
            assertThat(pids(report(executor(pool), Trouble.NONE, 10)))
                    .as("it is asked back in the middle, and another takes the rest")
                    .containsAll(first);
            assertThat(pids(report(executor(pool), Trouble.NONE, 10))).doesNotContainAnyElementsOf(first);
        }
    }

    @Test
    void aProcessThatHasGrownTooLargeIsReplaced() {
        try (WorkerPool pool = pool(1).maxRss(1024).build()) {
            Set<Long> first = pids(report(executor(pool), Trouble.NONE, 10));
            assertThat(pids(report(executor(pool), Trouble.NONE, 10))).doesNotContainAnyElementsOf(first);
        }
    }

    @Test
    void closingEndsRunsThatAreUnderWayWithAnError() {
        WorkerPool pool = pool(2).build();
        Mono<Void> closing = Mono.defer(pool::closeLater);

        StepVerifier.create(executor(pool).run(topology(Trouble.HANG, 1000)).outcomes(), 3)
                .expectNextCount(3)
                .then(() -> closing.subscribe())
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(outcome -> true)
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(TopologyException.class).hasMessageContaining("closed"))
                .verify(PATIENCE);
        pool.close();

        assertThatThrownBy(() -> report(executor(pool), Trouble.NONE, 10))
                .isInstanceOf(WorkerStartException.class)
                .hasMessageContaining("the worker pool is closed");
    }

    @Test
    void aPoolThatWasNeverUsedIsClosedAtOnce() {
        pool(2).build().close();
    }

    @Test
    void aSettingOfWorkersBesideAPoolIsRefusedWithBothNames() {
        try (WorkerPool pool = pool(2).build()) {
            MultiProcessBuilder both =
                    MultiProcessExecutor.builder().pool(pool).heap(64L << 20).workers(3);
            assertThatThrownBy(both::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("pool(..)")
                    .hasMessageContaining("heap(..), workers(..)")
                    .hasMessageContaining("WorkerPool.builder()");
        }
    }

    private static WorkerPoolBuilder pool(int workers) {
        return WorkerPool.builder()
                .workers(workers)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .jvmOption(ShortLived.JVM_OPTION);
    }

    private static MultiProcessExecutor executor(WorkerPool pool) {
        return MultiProcessExecutor.builder().pool(pool).build();
    }

    private static RunReport report(MultiProcessExecutor executor, Trouble trouble, long items) {
        return executor.run(topology(trouble, items)).execute().block(PATIENCE);
    }

    private static Set<Long> pids(RunReport report) {
        return report.workers().stream()
                .map(WorkerReport::pid)
                .filter(pid -> pid > 0)
                .collect(Collectors.toSet());
    }

    private static Topology<Object> topology(Trouble trouble, long items) {
        return Topology.from(TroubleTopology.class, Params.of(trouble, items));
    }
}
