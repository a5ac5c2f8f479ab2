package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.Work;
import org.reactortopology.test.LeakCheck;

/** The command line in a process of its own, which is killed in the middle of a job over child JVMs. */
@Timeout(120)
class KilledCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Numbers of which those from 6 on wait for ever while the gate is closed, which is while the file is there. */
    record Gated(Path gate) {}

    static final class GatedFactory implements TopologyFactory<Gated, Long> {
        @Override
        public Topology<Long> create(Gated gated) {
            return Topology.named("gated")
                    .source("numbers", Series.range(0, 12, 1))
                    .map("pass", Work.io((Long n) -> pass(n, gated.gate())))
                    .build();
        }

        private static Long pass(Long number, Path gate) throws InterruptedException {
            if (number >= 6 && Files.exists(gate)) {
                new CountDownLatch(1).await();
            }
            return number;
        }
    }

    @TempDir
    Path temporary;

    private final Calls calls = new Calls();

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoChildProcess();
    }

    @Test
    void aKilledCommandIsToldResumedAndComplete() throws Exception {
        Path gate = Files.createFile(temporary.resolve("gate"));
        String job = temporary.resolve("job").toString();
        Process command = command(
                "run",
                GatedFactory.class.getName(),
                "--param",
                "gate=" + gate,
                "--job",
                job,
                "--executor",
                "multi-process",
                "--workers",
                "2");
        List<ProcessHandle> workers;
        try {
            await().atMost(PATIENCE)
                    .until(() -> calls.call("status", job, "--json") == ExitCodes.RUNNING
                            && calls.json().get("settled").longValue() == 6);
            assertThat(calls.json().get("owner").stringValue()).startsWith("pid " + command.pid() + " ");
            workers = command.descendants().toList();
            assertThat(workers).hasSizeGreaterThanOrEqualTo(2);
        } finally {
            command.destroyForcibly().waitFor(); // kill -9
        }

        assertThat(calls.call("status", job)).isEqualTo(ExitCodes.BROKEN);
        assertThat(calls.out()).contains("gated: killed", "6 of 12 (50 %)", "go on: reactor-topology resume " + job);
        await().atMost(PATIENCE).until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));

        Files.delete(gate);
        assertThat(calls.call("resume", job)).isZero();
        assertThat(calls.out()).startsWith("gated: 6 done, 0 failed, 6 skipped in ");
        assertThat(calls.call("status", job)).isZero();
        assertThat(calls.out()).contains("12 of 12 (100 %)", "run 2 (resume)", "multi-process --workers 2");
    }

    private Process command(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CommandMain.class.getName()));
        line.addAll(List.of(arguments));
        File told = temporary.resolve("told.txt").toFile();
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(told)
                .start();
    }

    static final class CommandMain {

        private CommandMain() {}

        public static void main(String[] arguments) {
            System.exit(JobCommands.execute(arguments));
        }
    }
}
