package org.reactortopology.examples.piv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.commandline.ExitCodes;
import org.reactortopology.examples.Main;
import org.reactortopology.examples.piv.image.SyntheticSeries;
import org.reactortopology.test.LeakCheck;

/** Signals to real processes. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals")
class SignalTest {

    private static final int PAIRS = 40;
    private static final Pattern SUMMARY = Pattern.compile("piv: (\\d+) done, (\\d+) failed, (\\d+) skipped in .*");

    @TempDir
    Path temporary;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        processes.forEach(Process::destroyForcibly);
        LeakCheck.awaitNoChildProcess();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "USR2"})
    void aSignalDrainsTheRun(String signal) throws Exception {
        Process process = java(SignalledRun.class);
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("begun");

            kill(signal, process);
            assertThat(lines.readLine())
                    .startsWith("SIG" + signal + ": no more items are begun")
                    .contains("120 s");
            process.outputWriter().append("go\n").flush();

            assertThat(lines.readLine()).isEqualTo("DRAINED all");
            assertThat(process.waitFor()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, INT", "INT, TERM", "USR2, INT"})
    void aSecondSignalStopsItNow(String first, String second) throws Exception {
        Process process = java(SignalledRun.class);
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("begun");

            kill(first, process);
            assertThat(lines.readLine()).startsWith("SIG" + first + ": no more items are begun");
            kill(second, process);

            assertThat(lines.readLine()).isEqualTo("SIG" + second + ": stopping now");
            assertThat(lines.readLine()).isEqualTo("STOPPED not all");
            assertThat(process.waitFor()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "multi-process"})
    void theCommandDrainsAndTellsWhatIsDone(String executor) throws Exception {
        assertThatTheCommandTellsTheTruth(executor, List.of("INT"));
    }

    @Test
    void theCommandStopsAndTellsWhatIsDone() throws Exception {
        assertThatTheCommandTellsTheTruth("multi-process", List.of("TERM", "INT"));
    }

    private void assertThatTheCommandTellsTheTruth(String executor, List<String> signals) throws Exception {
        Path input = temporary.resolve("in");
        Path output = temporary.resolve("out");
        SyntheticSeries.write(input, PAIRS, 256, 256, 7);
        List<String> arguments =
                new ArrayList<>(List.of("piv", "--input=" + input, "--output=" + output, "--executor=" + executor));
        if (executor.equals("multi-process")) {
            arguments.addAll(List.of("--workers=2", "--threads=1"));
        }
        Process process = java(Main.class, arguments.toArray(String[]::new));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> fields(output) > 0);

        for (String signal : signals) {
            kill(signal, process);
        }
        String out;
        try (BufferedReader lines = process.inputReader()) {
            out = lines.lines().collect(Collectors.joining("\n"));
        }
        int exit = process.waitFor();

        Matcher summary = SUMMARY.matcher(out);
        assertThat(summary.find()).as(out).isTrue();
        long done = Long.parseLong(summary.group(1));
        long skipped = Long.parseLong(summary.group(3));
        assertThat(summary.group(2)).as(out).isEqualTo("0");
        assertThat(done + skipped).isEqualTo(PAIRS);
        assertThat(exit).as(out).isEqualTo(skipped == 0 ? ExitCodes.ALL_DONE : ExitCodes.INTERRUPTED);
        if (signals.size() == 1) {
            assertThat(fields(output)).as("velocity fields on disk").isEqualTo(done);
        } else {
            assertThat(fields(output)).as("velocity fields on disk").isGreaterThanOrEqualTo(done);
        }
        assertThat(output.resolve("index.html")).exists();
    }

    private static long fields(Path output) throws IOException {
        if (!Files.exists(output)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(output)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".h5") && !name.equals("mean.h5"))
                    .count();
        }
    }

    private Process java(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        return process;
    }

    /** Sends the signal, unless the process has ended by then. */
    private static void kill(String signal, Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor() == 0 || process.waitFor() >= 0).isTrue();
    }
}
