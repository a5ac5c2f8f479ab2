package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactortopology.InvalidTopologyException;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyException;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.TroubleTopology.Params;
import org.reactortopology.multiprocess.TroubleTopology.Trouble;
import org.reactortopology.test.LeakCheck;
import reactor.test.StepVerifier;

/** What goes wrong with child JVMs ends as a clear error or outcome, and leaves nothing behind. */
@Timeout(120)
class MultiProcessFailureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path logs;

    @AfterEach
    void nothingIsLeft() throws IOException {
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("topology-");
        LeakCheck.awaitNoThread("worker-pool-");
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String own = "rtopology-" + ProcessHandle.current().pid() + "-";
            assertThat(entries.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.startsWith(own));
        }
    }

    @Test
    void anItemThatEndsItsWorkerIsNamedWithTheExitCodeAndTheLog() {
        TopologyRun<Object> run = run(Trouble.HALT, 1000);

        Outcome.Crashed<Object> crashed = theOneThatCrashed(run, 1000);

        assertThat(crashed.exitCode()).hasValue(7);
        assertThat(crashed.reason()).contains("exit code 7");
        assertThat(crashed.log()).contains("about to halt").contains("worker-00");
        assertThat(crashed.attempts()).isGreaterThan(1);
        assertThat(report(run).state()).isEqualTo(RunState.COMPLETED);
        assertThat(report(run).counts().done()).isEqualTo(999);
    }

    @Test
    void aDeathMoreThanAllowedEndsTheRunWithItsExitCodeAndLog() {
        TopologyRun<Object> run =
                builder().maxRestarts(0, Duration.ofMinutes(1)).build().run(topology(Trouble.HALT, 1000));

        assertThatThrownBy(() -> run.outcomes().blockLast(PATIENCE))
                .isInstanceOfSatisfying(
                        WorkerDiedException.class,
                        died -> assertThat(died.keysInFlight()).contains("5"))
                .hasMessageContaining("exit code 7")
                .hasMessageContaining("about to halt")
                .hasMessageContaining("worker-00");
        assertThat(report(run).state()).isEqualTo(RunState.FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN_CLASS", "LARGE_VALUE", "UNKNOWN_SOURCE_CLASS", "LARGE_ITEM"})
    void aValueThatCannotCrossFailsItsOwnItemOnly(Trouble trouble) {
        boolean source = trouble == Trouble.UNKNOWN_SOURCE_CLASS || trouble == Trouble.LARGE_ITEM;
        boolean large = trouble == Trouble.LARGE_VALUE || trouble == Trouble.LARGE_ITEM;

        List<Outcome<Object>> outcomes =
                run(trouble, 50).outcomes().collectList().block(PATIENCE);

        assertThat(outcomes).hasSize(50);
        assertThat(outcomes.stream().filter(Outcome::isFailure))
                .singleElement()
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.key()).isEqualTo("5");
                    assertThat(failed.work()).isEqualTo(source ? "numbers" : "work");
                    assertThat(failed.causeType()).isEqualTo(PayloadException.class.getName());
                    assertThat(failed.cause())
                            .hasMessageContaining(
                                    large ? "raise maxItemBytes" : TroubleTopology.Unnamed.class.getName());
                });
    }

    @Test
    void aFactoryThatFailsInTheWorkerIsAStartError() {
        assertThatThrownBy(() -> run(Trouble.FACTORY_THROWS, 10).outcomes().blockLast(PATIENCE))
                .isInstanceOf(WorkerStartException.class)
                .hasMessageContaining("cannot run topology 'trouble'")
                .hasMessageContaining("no licence on this machine");
    }

    @Test
    void anotherGraphInTheWorkerIsAStartError() {
        assertThatThrownBy(() -> run(Trouble.OTHER_GRAPH, 10).outcomes().blockLast(PATIENCE))
                .isInstanceOf(WorkerStartException.class)
                .hasMessageContaining("another graph")
                .hasMessageContaining("another work");
    }

    @Test
    void aFactoryThatHangsInTheWorkerIsAStartError() {
        MultiProcessExecutor executor =
                builder().startTimeout(Duration.ofSeconds(10)).build();

        assertThatThrownBy(() -> executor.run(topology(Trouble.FACTORY_HANGS, 10))
                        .outcomes()
                        .blockLast(PATIENCE))
                .isInstanceOf(WorkerStartException.class)
                .hasMessageContaining("not ready within 10000 ms")
                .hasMessageContaining("startTimeout");
    }

    @Test
    void aJvmThatDoesNotStartIsAStartErrorWithItsLog() {
        MultiProcessExecutor executor =
                builder().jvmOption("-XX:NoSuchOption=1").build();

        assertThatThrownBy(() ->
                        executor.run(topology(Trouble.NONE, 10)).outcomes().blockLast(PATIENCE))
                .isInstanceOf(WorkerStartException.class)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("NoSuchOption");
    }

    @Test
    void aTopologyWithoutOriginIsRefusedWithTheFix() {
        Topology<Long> lambda =
                Topology.named("lambda").source("n", Series.range(0, 3, 1)).build();

        assertThatThrownBy(() -> builder().build().run(lambda))
                .isInstanceOf(InvalidTopologyException.class)
                .hasMessageContaining("Topology.from(");
    }

    @Test
    void aTopologyWithoutAPartForWorkersIsRefusedWithTheFix() {
        Topology<Long> topology = Topology.from(OnlyASourceTopology.class, "x");

        assertThatThrownBy(() -> builder().build().run(topology))
                .isInstanceOf(InvalidTopologyException.class)
                .hasMessageContaining("put partition(..) before and gather() behind");
    }

    @Test
    void parametersThatCannotCrossAreRefusedWithTheFix() {
        Topology<Long> topology = Topology.from(ThreadFactoryTopology.class, new Thread("not data"));

        assertThatThrownBy(() -> builder().build().run(topology))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("java.lang.Thread")
                .hasMessageContaining("make them a record");
    }

    @Test
    void cancellingEndsWorkersThatHang() {
        TopologyRun<Object> run = run(Trouble.HANG, 1000);

        StepVerifier.create(run.outcomes(), 3).expectNextCount(3).thenCancel().verify(PATIENCE);

        assertThat(report(run).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void eachWorkerHasALogOfItsOwn() throws IOException {
        RunReport report = run(Trouble.NONE, 100).execute().block(PATIENCE);

        assertThat(logs.resolve("worker-000.log")).exists();
        assertThat(logs.resolve("worker-001.log")).exists();
        assertThat(report.workers()).hasSize(2).allSatisfy(worker -> {
            assertThat(worker.pid()).isPositive();
            assertThat(worker.outcomes()).isEqualTo(worker.items());
        });
        assertThat(report.workers().stream()
                        .mapToLong(RunReport.WorkerReport::items)
                        .sum())
                .isEqualTo(100);
    }

    @Test
    void loopbackTcpDoesTheSame() {
        MultiProcessExecutor executor = builder().loopback().build();

        assertThat(executor.run(topology(Trouble.NONE, 500))
                        .execute()
                        .block(PATIENCE)
                        .counts()
                        .done())
                .isEqualTo(500);
    }

    private MultiProcessBuilder builder() {
        return MultiProcessExecutor.builder()
                .workers(2)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .jvmOption(ShortLived.JVM_OPTION)
                .maxItemBytes(1024 * 1024)
                .logDirectory(logs);
    }

    private TopologyRun<Object> run(Trouble trouble, long items) {
        return builder().build().run(topology(trouble, items));
    }

    private static Topology<Object> topology(Trouble trouble, long items) {
        return Topology.from(TroubleTopology.class, Params.of(trouble, items));
    }

    /** Number 5; all others are done. */
    private static Outcome.Crashed<Object> theOneThatCrashed(TopologyRun<Object> run, int items) {
        List<Outcome<Object>> outcomes = run.outcomes().collectList().block(PATIENCE);
        assertThat(outcomes).hasSize(items);
        assertThat(outcomes.stream().filter(outcome -> !(outcome instanceof Outcome.Done)))
                .singleElement()
                .isInstanceOf(Outcome.Crashed.class)
                .extracting(Outcome::key)
                .isEqualTo("5");
        return outcomes.stream()
                .filter(Outcome.Crashed.class::isInstance)
                .map(outcome -> (Outcome.Crashed<Object>) outcome)
                .findFirst()
                .orElseThrow();
    }

    private static RunReport report(TopologyRun<?> run) {
        return run.report().block(PATIENCE);
    }

    /** Nothing in it can run in a worker. */
    static final class OnlyASourceTopology implements org.reactortopology.TopologyFactory<String, Long> {
        @Override
        public Topology<Long> create(String params) {
            return Topology.named("source only")
                    .source("n", Series.range(0, 3, 1))
                    .build();
        }
    }

    /** Its parameters are not data. */
    static final class ThreadFactoryTopology implements org.reactortopology.TopologyFactory<Thread, Long> {
        @Override
        public Topology<Long> create(Thread params) {
            return Topology.named("thread")
                    .source("n", Series.range(0, 3, 1))
                    .map("same", cpu((Long n) -> n))
                    .build();
        }
    }
}
