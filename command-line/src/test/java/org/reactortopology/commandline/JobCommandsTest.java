package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JobCommandsTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"status", "watch", "watch --once", "status --json"})
    void noJobIsWrongUsage(String command) {
        Calls calls = new Calls(FakeJob.of());

        assertThat(calls.call((command + " gone").split(" "))).isEqualTo(ExitCodes.USAGE);
        assertThat(calls.out()).isEmpty();
        assertThat(calls.err()).endsWith(": 'gone' has no job: give the directory of one" + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            graph no.such.Factory                   | the factory 'no.such.Factory' cannot be loaded
            graph java.lang.String                  | java.lang.String is no TopologyFactory
            graph FACTORY                           | a parameter is missing: 'to' (long)
            graph FACTORY --param to=x              | parameter 'to' (long) is 'x'
            graph FACTORY --param to=2000           | to is 2000: give at most 1000
            graph FACTORY --params no/such/file     | --params 'no/such/file' cannot be read
            graph FACTORY --param to=3 --format svg | --format
            run FACTORY --mode sometimes            | --mode
            run FACTORY --mode only                 | --mode only needs --only
            run FACTORY --only a --mode resume      | keys are named, but --mode is resume
            run FACTORY --only a --only-file b      | --only and --only-file are both given
            run FACTORY --workers 0                 | --workers is 0
            run FACTORY --executor parallel --workers 2 | --workers is given, but --executor is parallel
            run FACTORY --executor sequential --threads 4 | --threads is given, but --executor is sequential
            run FACTORY --param to=3 --drain-timeout -1 | --drain-timeout is -1
            watch dir --interval 0                  | --interval is 0.0
            no-such-command                         | no-such-command
            status                                  | DIR
            """)
    void wrongUsageIsToldInOneLine(String arguments, String message) {
        Calls calls = new Calls(FakeJob.of(Statuses.running(24, 1, 0, 0)));

        assertThat(calls.call(arguments
                        .strip()
                        .replace("FACTORY", RangeFactory.class.getName())
                        .split(" +")))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(calls.out()).isEmpty();
        assertThat(calls.err().lines()).singleElement().asString().contains(message);
    }

    @Test
    void helpListsAllCommandsAndTheirExitCodes() {
        Calls calls = new Calls();

        assertThat(calls.call("--help")).isZero();
        assertThat(calls.out())
                .contains(
                        "run",
                        "resume",
                        "status",
                        "watch",
                        "explain",
                        "failures",
                        "report",
                        "plan",
                        "graph",
                        "completion");
        for (String command : List.of(
                "run", "resume", "status", "watch", "explain", "failures", "report", "plan", "graph", "completion")) {
            assertThat(calls.call(command, "--help")).isZero();
            assertThat(calls.out()).as(command).contains("Exit codes:", "wrong usage");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no bash")
    void theCompletionScriptIsValidBash() throws Exception {
        Calls calls = new Calls();
        assertThat(calls.call("completion")).isZero();
        Path script = Files.writeString(temporary.resolve("completion.bash"), calls.out());

        Process bash = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes())).isEmpty();
        assertThat(bash.waitFor()).isZero();
        assertThat(calls.out()).contains("complete -F", "--only-file", "retry-failed");
    }
}
