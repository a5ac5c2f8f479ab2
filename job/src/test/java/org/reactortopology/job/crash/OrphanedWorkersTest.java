package org.reactortopology.job.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.RunReport;
import org.reactortopology.RunState;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.crash.CrashTopology.Params;
import org.reactortopology.job.crash.CrashTopology.Shape;

/** Kills a coordinator alone; its workers, which are held so that they live for sure, must not be in the way of a resume. */
@Timeout(120)
class OrphanedWorkersTest {

    private static final long ITEMS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void aJobIsResumedAtOnceWhileTheWorkersOfItsDeadCoordinatorLive() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "processes are held by /bin/kill");
        Path out = Files.createDirectory(directory.resolve("out"));
        Process coordinator = start(out);
        List<ProcessHandle> workers = List.of();
        try {
            awaitOutcomes(coordinator, 20);
            workers = coordinator.toHandle().children().toList();
            assertThat(workers).isNotEmpty();
            signal("-STOP", workers);
            coordinator.destroyForcibly().waitFor();

            long recorded = Job.in(directory.resolve("job")).status().settled();
            assertThat(recorded).isBetween(1L, ITEMS - 1);
            resume(out);
            assertThat(workers).allMatch(ProcessHandle::isAlive);

            signal("-CONT", workers); // which see that they are alone
            for (ProcessHandle worker : workers) {
                worker.onExit().get(60, TimeUnit.SECONDS);
            }
            assertComplete(out);
        } finally {
            workers.forEach(ProcessHandle::destroyForcibly);
            coordinator.destroyForcibly();
        }
    }

    private Process start(Path out) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashMain.class.getName(),
                        directory.resolve("job").toString(),
                        out.toString(),
                        Shape.LINEAR.name(),
                        Long.toString(ITEMS),
                        "multi-process",
                        "RESUME")
                .redirectError(directory.resolve("coordinator.log").toFile())
                .start();
    }

    private static void awaitOutcomes(Process process, int outcomes) throws Exception {
        BufferedReader lines = process.inputReader();
        int told = 0;
        while (told < outcomes) {
            String line = lines.readLine();
            assertThat(line).as("it lives on").isNotNull();
            told += CrashMain.OUTCOME.equals(line) ? 1 : 0;
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/kill", name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private void resume(Path out) {
        Topology<Long> topology = Topology.from(CrashTopology.class, new Params(Shape.LINEAR, out, ITEMS));
        TopologyRun<Long> run = Job.in(directory.resolve("job"))
                .mode(JobMode.RESUME)
                .on(CrashMain.executor("multi-process"))
                .run(topology);
        assertThat(run.outcomes().count().block(PATIENCE)).isEqualTo(ITEMS);
        RunReport report = Objects.requireNonNull(run.report().block(PATIENCE));
        assertThat(report.state()).isEqualTo(RunState.COMPLETED);
    }

    private void assertComplete(Path out) throws Exception {
        JobStatus status = Job.in(directory.resolve("job")).status();
        assertThat(status.state()).isEqualTo(JobStatus.State.COMPLETED);
        assertThat(status.failures()).isEqualTo(ITEMS / 7);
        assertThat(status.settled()).isEqualTo(ITEMS - ITEMS / 7);
        for (long n = 0; n < ITEMS; n++) {
            if (!CrashTopology.fails(n)) {
                assertThat(CrashTopology.writer(out, n)).isNotNull();
            }
        }
    }
}
