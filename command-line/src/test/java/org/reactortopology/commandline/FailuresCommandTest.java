package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.job.JobFailure;

@Timeout(60)
class FailuresCommandTest {

    @Test
    void failuresAreATableThatFits() {
        List<JobFailure> failures =
                IntStream.range(0, 3).mapToObj(FakeJob::failure).toList();
        Calls narrow = new Calls(FakeJob.failed(failures)).columns(80);
        Calls wide = new Calls(FakeJob.failed(failures)).columns(200);

        assertThat(narrow.call("failures", "dir", "--limit", "2")).isEqualTo(ExitCodes.SOME_FAILED);
        wide.call("failures", "dir");

        assertThat(narrow.out().lines())
                .containsExactly(
                        "KEY              STATE      WORK       TRIES  MESSAGE",
                        "pair-0+pair?[2J  failed     correlate      2  work 'correlate' failed for key...",
                        "pair-1+pair?[2J  timed out  correlate      2  work 'correlate' failed for key...");
        assertThat(narrow.err()).contains("1 more are not printed: --limit 0 prints all");
        assertThat(wide.out().lines())
                .hasSize(4)
                .element(1)
                .asString()
                .isEqualTo("pair-0+pair?[2J  failed     correlate      2  work 'correlate' failed for key 'pair-0':"
                        + " windows do not fit into the image, which is 12 x 12 px  job/failures/pair-0.txt");
    }

    @Test
    void noFailuresAreSaidInWords() {
        Calls calls = new Calls(FakeJob.failed(List.of()));

        assertThat(calls.call("failures", "dir")).isZero();
        assertThat(calls.out()).isEqualToIgnoringNewLines("no failures");
        assertThat(calls.call("failures", "dir", "--json")).isZero();
        assertThat(calls.json().get("count").longValue()).isZero();
        assertThat(calls.call("failures", "dir", "--limit", "-1")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void failuresAsJsonSayHowManyThereAre() {
        Calls calls = new Calls(FakeJob.failed(List.of(FakeJob.failure(0), FakeJob.failure(1))));

        calls.call("failures", "dir", "--json", "--limit", "1");

        assertThat(calls.json().get("count").longValue()).isEqualTo(2);
        assertThat(calls.json().get("failures")).hasSize(1);
        assertThat(calls.json().at("/failures/0/file").stringValue()).isEqualTo("job/failures/pair-0.txt");
    }
}
