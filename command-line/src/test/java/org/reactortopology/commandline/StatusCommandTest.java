package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.JobStatus.State;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class StatusCommandTest {

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, 24, 0, 0",
        "COMPLETED, 23, 1, 1",
        "COMPLETED, 2, 0, 130", // a run of some keys
        "COMPLETED, 2, 1, 130",
        "HALTED, 23, 1, 1",
        "KILLED, 24, 0, 3",
        "FAILED, 24, 0, 3",
        "DRAINED, 23, 0, 130",
        "DRAINED, 24, 0, 0", // behind the last item
        "DRAINED, 23, 1, 1",
        "STOPPED, 23, 0, 130",
        "CANCELLED, 23, 0, 130",
        "RUNNING, 24, 0, 4"
    })
    void statusAndWatchEndWithHowTheJobStands(State state, long done, long failed, int exitCode) {
        FakeJob job = FakeJob.of(Statuses.ended(24, done, failed, state));
        Calls status = new Calls(job);

        assertThat(status.call("status", "dir")).isEqualTo(exitCode);
        assertThat(status.out().contains("reactor-topology resume")).isEqualTo(exitCode != 0 && exitCode != 4);
        assertThat(new Calls(job).call("watch", "--once", "dir")).isEqualTo(exitCode);
    }

    @Test
    void hintsCanBePastedIntoAShell() {
        JobStatus killed = Statuses.ended(24, 11, 1, State.KILLED);
        Calls calls = new Calls(FakeJob.of(Statuses.in(Path.of("it's mine"), killed)));

        calls.call("status", "dir");

        assertThat(calls.out()).contains("go on: reactor-topology resume 'it'\\''s mine'");
    }

    @Test
    void coloursAreOnlyThereWhereTheyAreWanted() {
        FakeJob job = FakeJob.of(Statuses.ended(24, 11, 1, State.KILLED));
        Calls plain = new Calls(job).columns(80);
        Calls coloured = new Calls(job).columns(80).coloured();

        plain.call("status", "dir");
        coloured.call("status", "dir");

        assertThat(plain.out()).doesNotContain("\u001b");
        assertThat(coloured.out()).contains(": \u001b[31mkilled\u001b[0m", "\u001b[31m1 failed\u001b[0m");
        assertThat(coloured.out().replaceAll("\u001b\\[[0-9]*m", "")).isEqualTo(plain.out());
    }

    @Test
    void statusAsJsonIsOneDocument() {
        Calls calls = new Calls(FakeJob.of(Statuses.running(100_000, 61_234, 321, 20_000)));

        assertThat(calls.call("status", "dir", "--json")).isEqualTo(ExitCodes.RUNNING);

        JsonNode json = calls.json();
        assertThat(json.get("version").intValue()).isEqualTo(1);
        assertThat(json.get("state").stringValue()).isEqualTo("RUNNING");
        assertThat(json.at("/items/DONE").longValue()).isEqualTo(81_234);
        assertThat(json.at("/items/CRASHED").longValue()).isZero();
        assertThat(json.at("/now/works/0/name").stringValue()).isEqualTo("read");
        assertThat(json.at("/now/workers/1/memoryBytes").longValue()).isEqualTo(327_155_712);
        assertThat(json.has("ended")).isFalse();
        assertThat(json.get("complete").booleanValue()).isFalse();
    }
}
