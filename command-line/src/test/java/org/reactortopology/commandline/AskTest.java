package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.job.JobStatus.State;

@Timeout(60)
class AskTest {

    @TempDir
    Path temporary;

    @Test
    void askWithoutATerminalNamesTheModes() throws IOException {
        Files.createFile(temporary.resolve("ledger.db"));
        Calls calls = new Calls(FakeJob.of(Statuses.ended(24, 11, 1, State.KILLED)));

        assertThat(ask(calls)).isEqualTo(ExitCodes.USAGE);
        assertThat(calls.err()).contains("no terminal", "--mode resume, recompute, new or retry-failed");
    }

    @Test
    void askShowsTheStatusAndAsksUntilItIsAnswered() throws IOException {
        Files.createFile(temporary.resolve("ledger.db"));
        Calls calls = new Calls(FakeJob.of(Statuses.ended(24, 11, 1, State.KILLED)))
                .columns(80)
                .answering("what\nq\n");

        assertThat(ask(calls)).isEqualTo(ExitCodes.USAGE);

        assertThat(calls.err()).startsWith("piv: killed").contains("11 done, 1 failed", "nothing is run");
        assertThat(calls.err().split("\\[q\\]uit\\?", -1)).hasSize(3);
        assertThat(calls.out()).isEmpty();
    }

    @Test
    void theEndOfTheInputIsNoAnswer() throws IOException {
        Files.createFile(temporary.resolve("ledger.db"));
        Calls calls = new Calls(FakeJob.of(Statuses.ended(24, 11, 1, State.KILLED)))
                .columns(80)
                .answering("");

        assertThat(ask(calls)).isEqualTo(ExitCodes.USAGE);
    }

    private int ask(Calls calls) {
        return calls.call(
                "run", RangeFactory.class.getName(), "--param", "to=3", "--job", temporary.toString(), "--mode", "ask");
    }
}
