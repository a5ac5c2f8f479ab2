package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.Topology;
import org.reactortopology.multiprocess.TroubleTopology.Params;
import org.reactortopology.multiprocess.TroubleTopology.Trouble;

/** Whatever ends the coordinator, no worker and no socket outlives it. */
@Timeout(120)
class CoordinatorDeathTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"-KILL", "-TERM"})
    void noProcessAndNoSocketIsLeftBehind(String signal) throws Exception {
        Process coordinator = start();
        List<ProcessHandle> workers;
        try (BufferedReader out = coordinator.inputReader()) {
            assertThat(out.readLine()).isEqualTo("under way");
            workers = coordinator.toHandle().children().toList();
            assertThat(workers).hasSize(2);
            assertThat(sockets()).hasSize(1);

            new ProcessBuilder("kill", signal, Long.toString(coordinator.pid()))
                    .start()
                    .waitFor();
        }

        Awaitility.await().atMost(PATIENCE).until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
        Awaitility.await().atMost(PATIENCE).until(() -> sockets().isEmpty());
    }

    @Test
    void whatAKilledCoordinatorLeftIsRemovedByTheNext() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path stale = Files.createDirectory(temporary.resolve("rtopology-" + dead.pid() + "-123"));
        Files.createFile(stale.resolve("s"));

        Process coordinator = start();
        try (BufferedReader out = coordinator.inputReader()) {
            assertThat(out.readLine()).isEqualTo("under way");
            assertThat(stale).doesNotExist();
        } finally {
            coordinator.destroy();
            coordinator.waitFor();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        ShortLived.JVM_OPTION,
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Endless.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private List<Path> sockets() throws IOException {
        try (Stream<Path> entries = Files.list(temporary)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("rtopology-"))
                    .toList();
        }
    }

    /** A coordinator in the middle of a run that does not end by itself: one item hangs. More items than one worker is given at once. */
    static final class Endless {
        public static void main(String[] args) {
            MultiProcessExecutor executor = MultiProcessExecutor.builder()
                    .workers(2)
                    .threads(1)
                    .heap(64L * 1024 * 1024)
                    .jvmOption(ShortLived.JVM_OPTION)
                    .build();
            executor.run(Topology.from(TroubleTopology.class, Params.of(Trouble.HANG, 10_000)))
                    .outcomes()
                    .index()
                    .doOnNext(outcome -> {
                        if (outcome.getT1() == 50) {
                            System.out.println("under way");
                        }
                    })
                    .blockLast();
        }
    }
}
