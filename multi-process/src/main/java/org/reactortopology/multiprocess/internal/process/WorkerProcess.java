package org.reactortopology.multiprocess.internal.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.coordinator.WorkerEnding;
import org.reactortopology.multiprocess.internal.worker.WorkerExit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A child JVM: its standard output and error go to its log; its standard input, which brings the token, stays open until it ends. */
final class WorkerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

    private final Process process;
    private final int worker;

    /** Where a JVM that crashes was told to leave its report. */
    private final Path report;

    private final WorkerLogs logs;
    private final Mono<WorkerEnding> ending;

    /** Written once, by the event loop; read by whoever ends it. */
    private volatile boolean connected;

    /** Set right after the start; read by whoever ends it. */
    private volatile @Nullable ArchiveWriting writing;

    private WorkerProcess(Process process, int worker, Path report, WorkerLogs logs) {
        this.process = process;
        this.worker = worker;
        this.report = report;
        this.logs = logs;
        this.ending = Mono.fromFuture(process.onExit(), true)
                .map(ended -> ending(ended.exitValue()))
                .cache();
    }

    /** Starts the process, which waits for its token. */
    static WorkerProcess start(List<String> command, int worker, WorkerLogs logs) throws IOException {
        Path log = logs.file(worker);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
        return new WorkerProcess(process, worker, log.resolveSibling("hs_err_" + process.pid() + ".log"), logs);
    }

    /** Hands it the token: somebody listens where it was told to connect. Called once. */
    void handOver(byte[] token) {
        OutputStream stdin = process.getOutputStream();
        try {
            stdin.write((HexFormat.of().formatHex(token) + "\n").getBytes(StandardCharsets.US_ASCII));
            stdin.flush();
        } catch (IOException e) {
            LOG.debug("the worker ended before it could read its token; its ending tells why", e);
        }
    }

    private WorkerEnding ending(int code) {
        Optional<String> crash = CrashReport.of(logs.settled(report));
        // a JVM that crashes without leaving a core file exits with 1
        String how = code == 1 && crash.isPresent() ? "exit code 1 (the JVM crashed)" : WorkerExit.describe(code);
        return new WorkerEnding(OptionalInt.of(code), how, crash, LogTail.of(log()));
    }

    long pid() {
        return process.pid();
    }

    /** What it writes to standard output and error, under the name that it has now. */
    Path log() {
        return logs.file(worker);
    }

    /** It has proved who it is, and can be told to end. */
    void connected() {
        connected = true;
    }

    /** It takes its time to end, because it writes the archive then. */
    void isWriting(ArchiveWriting archive) {
        writing = archive;
    }

    @Nullable
    ArchiveWriting writing() {
        return writing;
    }

    boolean isConnected() {
        return connected;
    }

    /** How the process ended, once it has. */
    Mono<WorkerEnding> ending() {
        return ending;
    }

    /** Its exit code, once it has ended. */
    Mono<Integer> exitCode() {
        return Mono.fromFuture(process.onExit(), true).map(Process::exitValue);
    }

    /** Blocks until the process has ended, which it is made to at that time of {@link System#nanoTime}; returns the exit code. */
    int endBefore(long deadlineNanos) {
        try {
            if (!process.waitFor(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                kill();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
            return -1;
        }
    }

    /** Waits that long for the process to end by itself, then kills it; completes when it has ended and its crash report is where it is to be. */
    Mono<Void> end(Duration grace) {
        return Mono.fromFuture(process.onExit(), true)
                .timeout(grace)
                .onErrorResume(java.util.concurrent.TimeoutException.class, late -> {
                    LOG.warn(
                            "worker process {} did not end within {} ms and is killed; its log is {}",
                            pid(),
                            grace.toMillis(),
                            log());
                    process.destroyForcibly();
                    return Mono.fromFuture(process.onExit(), true);
                })
                .then(ending.then());
    }

    /** Kills the process now; completes as {@link #end} does. */
    Mono<Void> killed() {
        return Mono.defer(() -> {
            kill();
            return ending.then();
        });
    }

    /** Kills the process now. */
    void kill() {
        process.destroyForcibly();
    }
}
