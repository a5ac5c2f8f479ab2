package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.job.Explanation;
import org.reactortopology.job.ItemState;

@Timeout(60)
class ExplainCommandTest {

    @Test
    void aKeyIsExplained() {
        Map<String, Duration> works = new LinkedHashMap<>();
        works.put("read", Duration.ofMillis(12));
        works.put("correlate", Duration.ofSeconds(3));
        FakeJob job = FakeJob.of()
                .explained(key -> new Explanation(
                        key,
                        true,
                        Optional.of(ItemState.TIMED_OUT),
                        Optional.of(FakeJob.failure(1)),
                        true,
                        "failed in work 'correlate' after 2 attempts in run 1; a resume runs it again",
                        2,
                        OptionalInt.of(1),
                        Optional.of(Instant.EPOCH),
                        works));
        Calls calls = new Calls(job).columns(60);

        assertThat(calls.call("explain", "dir", "pair-1")).isZero();
        assertThat(calls.out().lines())
                .containsExactly(
                        "pair-1: timed out",
                        "failed in work 'correlate' after 2 attempts in run 1; a",
                        "resume runs it again",
                        "time in works: read 12 ms, correlate 3.0 s",
                        "more: job/failures/pair-1.txt");
        calls.call("explain", "dir", "pair-1", "--json");
        assertThat(calls.json().at("/worksMillis/read").doubleValue()).isEqualTo(12.0);
        assertThat(calls.json().at("/failure/state").stringValue()).isEqualTo("TIMED_OUT");
    }

    @Test
    void aKeyThatTheLedgerDoesNotKnowIsExitCodeOne() {
        FakeJob job = FakeJob.of()
                .explained(key -> new Explanation(
                        key,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        "the ledger has no outcome of it",
                        0,
                        OptionalInt.empty(),
                        Optional.empty(),
                        Map.of()));
        Calls calls = new Calls(job);

        assertThat(calls.call("explain", "dir", "what")).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(calls.out().lines()).containsExactly("what: no outcome yet", "the ledger has no outcome of it");
    }
}
