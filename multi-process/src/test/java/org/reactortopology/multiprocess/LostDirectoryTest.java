package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.TroubleTopology.Params;
import org.reactortopology.multiprocess.TroubleTopology.Trouble;
import org.reactortopology.test.LeakCheck;

/** What is done to the private directory in the middle of a run ends as a clear error when it matters, and never as a hang. */
@Timeout(120)
class LostDirectoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ENOUGH = 50;

    @AfterEach
    void nothingIsLeft() throws IOException {
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("topology-");
        LeakCheck.awaitNoThread("worker-pool-");
        assertThat(directories()).isEmpty();
    }

    @Test
    void whereTheSocketIsRemovedTheRunGoesOnUntilAWorkerMustBeReplaced() {
        assertThatThrownBy(() -> run(directory -> Files.delete(directory.resolve("s"))))
                .isInstanceOf(WorkerStartException.class)
                .hasMessageContaining("could not connect to the coordinator");
    }

    @Test
    void whereNothingCanBeWrittenNoWorkerIsStarted() {
        assertThatThrownBy(() -> run(directory -> {
                    for (int worker = 1; worker < 10; worker++) {
                        Files.createDirectory(directory.resolve("box-" + worker)); // as good as a full disk
                    }
                }))
                .isInstanceOf(WorkerStartException.class)
                .hasMessageContaining("cannot be started")
                .hasMessageContaining("box-");
    }

    private interface Mischief {
        void to(Path directory) throws IOException;
    }

    /** Does it when the only worker is at work, then kills that. */
    private static void run(Mischief mischief) {
        TopologyRun<Object> run = MultiProcessExecutor.builder()
                .workers(1)
                .threads(1)
                .heap(64L * 1024 * 1024)
                .jvmOption(ShortLived.JVM_OPTION)
                .itemBuffer(16, 1024)
                .outcomeBuffer(16, 1024)
                .build()
                .run(Topology.from(TroubleTopology.class, Params.of(Trouble.NONE, 100_000)));
        AtomicInteger outcomes = new AtomicInteger();
        run.outcomes()
                .doOnNext(outcome -> {
                    if (outcomes.incrementAndGet() == ENOUGH) {
                        spoil(mischief);
                    }
                })
                .blockLast(PATIENCE);
    }

    private static void spoil(Mischief mischief) {
        try {
            mischief.to(directories().get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    }

    private static java.util.List<Path> directories() throws IOException {
        String own = "rtopology-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(path -> path.getFileName().toString().startsWith(own))
                    .toList();
        }
    }
}
