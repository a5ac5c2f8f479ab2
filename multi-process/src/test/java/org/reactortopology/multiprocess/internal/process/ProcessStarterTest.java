package org.reactortopology.multiprocess.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.multiprocess.WorkerStartException;
import org.reactortopology.multiprocess.internal.claim.ClaimSettings;
import org.reactortopology.multiprocess.internal.claim.ClaimWriter;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.pool.StartedWorker;
import org.reactortopology.test.LeakCheck;

/** Child JVMs without a run. */
@Timeout(120)
class ProcessStarterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MIB = 1024 * 1024;

    @TempDir
    Path logs;

    private final List<ProcessStarter> starters = new ArrayList<>();
    private final MachineShare share = MachineShare.of(1, 1, 64 * MIB, 2, 4096 * MIB);

    @AfterEach
    void nothingIsLeft() {
        starters.forEach(starter -> starter.close(true).block(PATIENCE));
        LeakCheck.awaitNoChildProcess();
        LeakCheck.awaitNoThread("topology-");
        assertThat(directories()).isEmpty();
    }

    @Test
    void aCrashInNativeCodeIsToldWithSignalFrameAndThread() throws Exception {
        ProcessStarter starter = starter();
        StartedWorker worker = starter.start(0, 1).block(PATIENCE);

        signal("-SEGV", worker.pid());
        WorkerEnding ending = worker.ending().block(PATIENCE);

        assertThat(ending.how()).isEqualTo("exit code 1 (the JVM crashed)");
        assertThat(ending.crashReport().orElseThrow())
                .contains("SIGSEGV")
                .contains("in frame")
                .contains("Current thread")
                .contains("hs_err_" + worker.pid() + ".log");
        assertThat(ending.crashReport().orElseThrow().lines()).hasSizeLessThan(6);
    }

    @Test
    void aWorkerHasABoxThatIsKeptUntilItsEndHasBeenDealtWith() {
        ProcessStarter starter = starter();
        StartedWorker worker = starter.start(7, 1).block(PATIENCE);
        Path box = directories().get(0).resolve("box-7");
        assertThat(box).isRegularFile();
        assertThat(worker.residentBytes()).isGreaterThan(8 * MIB);

        worker.kill();
        assertThat(worker.ending().block(PATIENCE).how()).contains("SIGKILL");
        assertThat(box).exists();
        worker.forget();
        await().until(() -> !Files.exists(box));
        assertThat(worker.residentBytes()).isZero();
    }

    @Test
    void memoryThatARunMayStillReadIsLeftWhenAllIsClosedAndGivenBackWhenItIsForgotten() {
        ProcessStarter starter = starter();
        StartedWorker worker = starter.start(0, 1).block(PATIENCE);
        ClaimWriter writer = worker.claims().writer();
        byte[] large = new byte[ClaimSettings.USUAL.threshold()];
        assertThat(writer.write(large)).isNotNull();

        worker.kill();
        starter.close(true).block(PATIENCE);
        assertThat(writer.write(large))
                .as("nobody has said that the run is done with it")
                .isNotNull();

        worker.forget();
        await().until(() -> writer.write(large) == null);
    }

    @Test
    void aLargerHeapIsAskedForButNeverMoreThanThreeQuartersOfTheMachine() {
        ProcessStarter starter = starter();
        StartedWorker larger = starter.start(0, 2).block(PATIENCE);
        assertThat(ProcessHandle.of(larger.pid())
                        .orElseThrow()
                        .info()
                        .arguments()
                        .orElseThrow())
                .contains("-Xmx" + 128 * MIB);
        assertThat(share.heapTimes(1000)).isEqualTo(3072 * MIB);
        larger.end();
        assertThat(larger.ending().block(PATIENCE).exitCode()).hasValue(0);
    }

    @Test
    void aStartThatIsCancelledLeavesNoProcess() {
        ProcessStarter starter = starter();
        StartedWorker first = starter.start(0, 1).block(PATIENCE);
        var start = starter.start(1, 1).subscribe(StartedWorker::end); // should it be quicker than this thread
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1)) // before it connects
                .until(() -> ProcessHandle.current().children().count() == 2);

        start.dispose();

        await().until(() -> ProcessHandle.current().children().count() == 1);
        first.end();
    }

    @Test
    void whatAWorkerWroteBeforeItsRunWasKnownIsWhereTheRunHasItsLogs() throws Exception {
        ProcessStarter starter = ProcessStarter.ahead(settings(logs.resolve("not here")));
        starters.add(starter);
        StartedWorker early = starter.start(0, 1).block(PATIENCE);
        Path here = logs.resolve("here");
        Files.createDirectories(here);
        Files.writeString(here.resolve("worker-000.log"), "of an earlier run");
        assertThat(directories().get(0).resolve("worker-000.log")).exists();

        starter.takenBy("test", here);
        StartedWorker late = starter.start(1, 1).block(PATIENCE);
        assertThat(here.resolve("worker-000.log")).isEmptyFile(); // it lives and has said nothing
        signal("-SEGV", early.pid());
        signal("-SEGV", late.pid());

        for (StartedWorker worker : List.of(early, late)) {
            Path report = here.resolve("hs_err_" + worker.pid() + ".log");
            assertThat(worker.ending().block(PATIENCE).crashReport().orElseThrow())
                    .contains("SIGSEGV", report.toString());
            assertThat(report).isNotEmptyFile();
        }
        assertThat(here.resolve("worker-000.log")).content().contains("SIGSEGV");
        assertThat(here.resolve("worker-001.log")).content().contains("SIGSEGV");
        assertThat(logs.resolve("not here")).doesNotExist();
    }

    @Test
    void nothingIsStartedAfterTheEnd() {
        ProcessStarter starter = starter();
        starter.close(true).block(PATIENCE);
        assertThat(starter.start(0, 1).blockOptional(PATIENCE)).isEmpty();
    }

    @Test
    void nothingIsStartedWhenThisJvmEnds() {
        ProcessStarter starter = starter();
        starter.killAll();
        assertThat(starter.start(0, 1).blockOptional(PATIENCE)).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsAClearErrorAndTheNextStartTriesAgain() throws IOException {
        Path blocked = Files.createFile(logs.resolve("file"));
        ProcessStarter starter = starter(blocked.resolve("below"));
        assertThatThrownBy(() -> starter.start(0, 1).block(PATIENCE))
                .isInstanceOf(WorkerStartException.class)
                .hasMessageContaining("cannot be started");
        Files.delete(blocked);

        starter.start(1, 1).block(PATIENCE).end();
    }

    private ProcessStarter starter() {
        return starter(logs);
    }

    private ProcessStarter starter(Path logDirectory) {
        ProcessStarter starter = new ProcessStarter("test", settings(logDirectory));
        starters.add(starter);
        return starter;
    }

    private ProcessSettings settings(Path logDirectory) {
        return new ProcessSettings(
                share,
                List.of(),
                Optional.of(logDirectory),
                false,
                1 << 20,
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Optional.empty(),
                Optional.of(ClaimSettings.USUAL));
    }

    private static List<Path> directories() {
        String own = "rtopology-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(own))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
    }
}
