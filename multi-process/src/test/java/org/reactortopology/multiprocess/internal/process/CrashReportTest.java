package org.reactortopology.multiprocess.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactortopology.multiprocess.internal.worker.WorkerExit;

/** A JVM's crash in a few lines. */
class CrashReportTest {

    @TempDir
    Path directory;

    @Test
    void causeFrameAndThreadAreQuoted() throws IOException {
        Path file = Files.writeString(directory.resolve("hs_err_1.log"), """
                #
                # A fatal error has been detected by the Java Runtime Environment:
                #
                #  SIGSEGV (0xb) at pc=0x00007f, pid=1, tid=2
                #
                # Problematic frame:
                # C  [libfft.so+0x12]  fft_execute+0x2
                #
                Current thread (0x00007f):  JavaThread "topology-cpu-1" daemon
                """ + "x".repeat(1_000_000));

        assertThat(CrashReport.of(file).orElseThrow().lines())
                .containsExactly(
                        "its crash report " + file + " says:",
                        "  SIGSEGV (0xb) at pc=0x00007f, pid=1, tid=2",
                        "  in frame C  [libfft.so+0x12]  fft_execute+0x2",
                        "  Current thread (0x00007f):  JavaThread \"topology-cpu-1\" daemon");
    }

    @Test
    void longLinesAreCutAndAMissingFileIsNone() throws IOException {
        Path file = Files.writeString(directory.resolve("hs_err_1.log"), "#  SIGBUS " + "x".repeat(10_000));
        assertThat(CrashReport.of(file).orElseThrow()).hasSizeLessThan(1000).contains("SIGBUS");
        assertThat(CrashReport.of(directory.resolve("none"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "3,OutOfMemoryError",
        "134,SIGABRT",
        "135,SIGBUS",
        "137,SIGKILL",
        "139,SIGSEGV",
        "143,SIGTERM",
        "70,gone"
    })
    void exitCodesAreToldInWords(int code, String word) {
        assertThat(WorkerExit.describe(code)).contains(Integer.toString(code)).contains(word);
    }
}
