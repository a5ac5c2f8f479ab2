package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.TroubleTopology.Params;
import org.reactortopology.multiprocess.TroubleTopology.Trouble;
import org.reactortopology.multiprocess.internal.transport.SocketDirectory;
import org.reactortopology.test.LeakCheck;
import reactor.core.Disposable;

/** Workers that are there before their run. */
@Timeout(180)
class StartedAheadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MultiProcessExecutor executor = executor(logs());

    private static MultiProcessExecutor executor(Path logs) {
        return MultiProcessExecutor.builder()
                .workers(2)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .jvmOption(ShortLived.JVM_OPTION)
                .noArchive()
                .logDirectory(logs)
                .build();
    }

    private Path logs() {
        return Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("ahead-" + ProcessHandle.current().pid() + "-" + System.identityHashCode(this));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("topology-");
        if (Files.exists(logs())) {
            try (var files = Files.list(logs())) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(logs());
        }
    }

    @Test
    void theNextRunHasThemAndTheirLogs() throws Exception {
        executor.startAhead(5);
        await().atMost(PATIENCE).until(() -> children().size() == 2);
        Set<Long> ahead = children();

        assertThat(run(200)).isNotEmpty().isSubsetOf(ahead); // one of them may have done all
        assertThat(logs().resolve("worker-000.log")).exists();
        assertThat(logs().resolve("worker-001.log")).exists();

        assertThat(run(200)).as("the run after that starts its own").doesNotContainAnyElementsOf(ahead);
    }

    @Test
    void aRunThatNeedsMoreStartsTheRest() {
        executor.startAhead(1);
        await().atMost(PATIENCE).until(() -> children().size() == 1);
        Set<Long> ahead = children();

        TopologyRun<?> run = executor.run(Topology.from(TroubleTopology.class, Params.of(Trouble.HANG, 200)));
        Disposable outcomes = run.outcomes().subscribe(); // one item never ends
        await().atMost(PATIENCE).until(() -> children().size() == 2);
        assertThat(children()).containsAll(ahead);
        outcomes.dispose();
        run.report().block(PATIENCE);
    }

    @Test
    void thoseThatNoRunHasTakenEndWhenTheyAreNotWanted() {
        Disposable ahead = executor.startAhead(2);
        await().atMost(PATIENCE).until(() -> children().size() == 2);
        Set<Long> first = children();
        executor.startAhead(2);
        assertThat(children()).as("they are enough").isEqualTo(first);

        ahead.dispose();
        LeakCheck.awaitNoChildProcess();
        assertThat(logs()).doesNotExist();
    }

    @Test
    void thoseOfARunAreItsOwnAffair() {
        Disposable ahead = executor.startAhead(2);
        TopologyRun<?> run = executor.run(Topology.from(TroubleTopology.class, Params.of(Trouble.NONE, 2000)));
        List<? extends Outcome<?>> outcomes = Objects.requireNonNull(run.outcomes()
                .index()
                .doOnNext(outcome -> {
                    if (outcome.getT1() == 0) {
                        ahead.dispose();
                    }
                })
                .map(reactor.util.function.Tuple2::getT2)
                .collectList()
                .block(PATIENCE));

        assertThat(outcomes).hasSize(2000).allMatch(Outcome.Done.class::isInstance);
    }

    @Test
    void thoseThatEndedBeforeARunCameAreStartedAgain() {
        Disposable ahead = executor.startAhead(2);
        await().atMost(PATIENCE).until(() -> children().size() == 2);
        Set<Long> first = children();
        first.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));

        await().atMost(PATIENCE).until(() -> {
            executor.startAhead(2);
            return children().stream().filter(pid -> !first.contains(pid)).count() == 2;
        });
        ahead.dispose();
    }

    /** A log that cannot have a second name would go with the directory in which it began. */
    @Test
    void aRunWhoseLogsAreOnAnotherFileSystemStartsItsOwn() throws Exception {
        Path memory = Path.of("/dev/shm");
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        assumeTrue(
                Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(temporary)),
                "needs two file systems");
        Path other = Files.createTempDirectory(memory, "ahead-");
        try {
            MultiProcessExecutor elsewhere = executor(other);
            elsewhere.startAhead(2);
            await().atMost(PATIENCE).until(() -> children().size() == 2);
            Set<Long> ahead = children();

            assertThat(run(elsewhere, 200)).isNotEmpty().doesNotContainAnyElementsOf(ahead);
            assertThat(other.resolve("worker-000.log")).exists();
            assertThat(other.resolve("worker-001.log")).exists();
        } finally {
            SocketDirectory.remove(other);
        }
    }

    @Test
    void noneIsNoNumber() {
        assertThatThrownBy(() -> executor.startAhead(0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The pids of its workers. */
    private Set<Long> run(int items) {
        return run(executor, items);
    }

    private static Set<Long> run(MultiProcessExecutor executor, int items) {
        TopologyRun<?> run = executor.run(Topology.from(TroubleTopology.class, Params.of(Trouble.NONE, items)));
        RunReport report = Objects.requireNonNull(run.execute().block(PATIENCE));
        assertThat(report.counts().done()).isEqualTo(items);
        return report.workers().stream().map(RunReport.WorkerReport::pid).collect(Collectors.toSet());
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }
}
