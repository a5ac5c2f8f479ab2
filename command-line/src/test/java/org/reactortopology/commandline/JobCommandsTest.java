package org.reactortopology.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.Work;
import org.reactortopology.job.Explanation;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.JobFailure;
import org.reactortopology.job.JobPlan;
import org.reactortopology.job.JobStatus.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class JobCommandsTest {

    record Range(long to) {}

    static final class RangeFactory implements TopologyFactory<Range, Long> {
        @Override
        public Topology<Long> create(Range range) {
            if (range.to() > 1000) {
                throw new IllegalArgumentException("to is " + range.to() + ": give at most 1000");
            }
            return Topology.named("range")
                    .source("numbers", Series.range(0, range.to(), 1))
                    .map("half", Work.cpu((Long n) -> n / 2))
                    .build();
        }
    }

    private static final String FACTORY = RangeFactory.class.getName();

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, 0, 0",
        "COMPLETED, 1, 1",
        "HALTED, 1, 1",
        "KILLED, 0, 3",
        "FAILED, 0, 3",
        "DRAINED, 0, 130",
        "STOPPED, 0, 130",
        "CANCELLED, 0, 130",
        "RUNNING, 0, 4"
    })
    void statusAndWatchEndWithHowTheJobStands(State state, long failed, int exitCode) {
        FakeJob job = FakeJob.of(Statuses.ended(24, 24 - failed, failed, state));

        assertThat(new Calls(job).call("status", "dir")).isEqualTo(exitCode);
        assertThat(new Calls(job).call("watch", "--once", "dir")).isEqualTo(exitCode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "watch", "watch --once", "status --json"})
    void noJobIsWrongUsage(String command) {
        Calls calls = new Calls(FakeJob.of());

        assertThat(calls.call((command + " gone").split(" "))).isEqualTo(ExitCodes.USAGE);
        assertThat(calls.out()).isEmpty();
        assertThat(calls.err()).endsWith(": 'gone' has no job: give the directory of one" + System.lineSeparator());
    }

    @Test
    void watchShowsTheEndWhenItComes() {
        Calls calls = new Calls(FakeJob.of(
                Statuses.running(24, 11, 1, 0),
                Statuses.running(24, 12, 1, 0),
                Statuses.ended(24, 13, 1, State.KILLED)));

        assertThat(calls.call("watch", "dir", "--interval", "0.1")).isEqualTo(ExitCodes.BROKEN);

        assertThat(calls.out().lines())
                .containsExactly(
                        "2026-11-22T10:04:05Z piv: running, 12 of 24 (50 %), 1 failed, 1.7/s, 7 s left",
                        "2026-11-22T10:04:05Z piv: running, 13 of 24 (54 %), 1 failed, 1.9/s, 6 s left",
                        "2026-11-22T10:04:05Z piv: killed, 14 of 24 (58 %), 1 failed",
                        "its owner, pid 4711 on host, has died",
                        "go on: reactor-topology resume piv-out");
    }

    @Test
    void watchDrawsInPlaceOnATerminal() {
        Calls calls = new Calls(FakeJob.of(Statuses.running(24, 11, 1, 0), Statuses.ended(24, 24, 0, State.COMPLETED)))
                .columns(80);

        assertThat(calls.call("watch", "dir", "--interval", "0.1")).isZero();

        assertThat(calls.out())
                .startsWith("\u001b[?25lpiv: running for 1 h 2 min")
                .contains("A\rpiv: completed");
        assertThat(calls.out().stripTrailing()).endsWith("\u001b[?25h");
    }

    @Test
    void aLowTerminalShowsWhatFits() {
        Calls calls = new Calls(FakeJob.of(Statuses.running(24, 11, 1, 0)))
                .columns(80)
                .rows(8);

        calls.call("watch", "--once", "dir");

        assertThat(calls.out().lines()).hasSize(7).last().asString().matches("\\(\\d+ more lines: .*\\)");
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

        JsonNode json = json(calls);
        assertThat(json.get("version").intValue()).isEqualTo(1);
        assertThat(json.get("state").stringValue()).isEqualTo("RUNNING");
        assertThat(json.at("/items/DONE").longValue()).isEqualTo(81_234);
        assertThat(json.at("/items/CRASHED").longValue()).isZero();
        assertThat(json.at("/now/works/0/name").stringValue()).isEqualTo("read");
        assertThat(json.at("/now/workers/1/memoryBytes").longValue()).isEqualTo(327_155_712);
        assertThat(json.has("ended")).isFalse();
    }

    @Test
    void failuresAreATableThatFits() {
        List<JobFailure> failures =
                IntStream.range(0, 3).mapToObj(JobCommandsTest::failure).toList();
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
        assertThat(json(calls).get("count").longValue()).isZero();
        assertThat(calls.call("failures", "dir", "--limit", "-1")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void failuresAsJsonSayHowManyThereAre() {
        Calls calls = new Calls(FakeJob.failed(List.of(failure(0), failure(1))));

        calls.call("failures", "dir", "--json", "--limit", "1");

        assertThat(json(calls).get("count").longValue()).isEqualTo(2);
        assertThat(json(calls).get("failures")).hasSize(1);
        assertThat(json(calls).at("/failures/0/file").stringValue()).isEqualTo("job/failures/pair-0.txt");
    }

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
                        Optional.of(failure(1)),
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
        assertThat(json(calls).at("/worksMillis/read").doubleValue()).isEqualTo(12.0);
        assertThat(json(calls).at("/failure/state").stringValue()).isEqualTo("TIMED_OUT");
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

    @Test
    void aPlanIsPrinted() {
        FakeJob job = FakeJob.of()
                .planned(mode -> new JobPlan(
                        mode,
                        OptionalLong.of(12),
                        OptionalLong.of(1),
                        List.of("a", "b"),
                        List.of("c"),
                        List.of("old"),
                        ""));
        Calls calls = new Calls(job);

        assertThat(calls.call("plan", "dir")).isZero();
        assertThat(calls.out().lines())
                .containsExactly(
                        "resume would run 12 items and skip 1 item",
                        "run: a, b, and 10 more",
                        "skip: c",
                        "gone from the source: old");
        assertThat(calls.call("plan", "dir", "--only", "a,b", "--json")).isZero();
        assertThat(json(calls).get("mode").stringValue()).isEqualTo("ONLY");
        assertThat(calls.call("plan", "dir", "--mode", "ask")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void aPlanThatWouldBeRefusedIsExitCodeTwo() {
        FakeJob job = FakeJob.of()
                .planned(mode -> new JobPlan(
                        mode,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        "it has changed"));
        Calls calls = new Calls(job);

        assertThat(calls.call("plan", "dir", "--mode", "retry-failed")).isEqualTo(ExitCodes.USAGE);
        assertThat(calls.out()).isEqualToIgnoringNewLines("retry-failed would be refused: it has changed");
    }

    @Test
    void reportPrintsWhereItIs() {
        Calls calls = new Calls(FakeJob.of());

        assertThat(calls.call("report", "dir")).isZero();
        assertThat(calls.out())
                .isEqualToIgnoringNewLines(Path.of("job", "report.html").toString());
    }

    @ParameterizedTest
    @CsvSource({"text, half", "mermaid, flowchart", "dot, digraph", "DOT, digraph"})
    void aGraphIsPrinted(String format, String word) {
        Calls calls = new Calls();

        assertThat(calls.call("graph", FACTORY, "--param", "to=3", "--format", format))
                .isZero();
        assertThat(calls.out()).contains(word);
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
            run FACTORY --param to=3 --drain-timeout -1 | --drain-timeout is -1
            watch dir --interval 0                  | --interval is 0.0
            no-such-command                         | no-such-command
            status                                  | DIR
            """)
    void wrongUsageIsToldInOneLine(String arguments, String message) {
        Calls calls = new Calls(FakeJob.of(Statuses.running(24, 1, 0, 0)));

        assertThat(calls.call(arguments.strip().replace("FACTORY", FACTORY).split(" +")))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(calls.out()).isEmpty();
        assertThat(calls.err().lines()).singleElement().asString().contains(message);
    }

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

    private int ask(Calls calls) {
        return calls.call("run", FACTORY, "--param", "to=3", "--job", temporary.toString(), "--mode", "ask");
    }

    private static JobFailure failure(int index) {
        return new JobFailure(
                "pair-" + index + "+pair\u001b[2J",
                index,
                index == 1 ? ItemState.TIMED_OUT : ItemState.FAILED,
                "correlate",
                "java.lang.IllegalArgumentException",
                "work 'correlate' failed for key 'pair-" + index
                        + "': windows do not fit into the image, which is 12 x 12 px",
                2,
                1,
                Instant.EPOCH,
                Optional.of(Path.of("job", "failures", "pair-" + index + ".txt")));
    }

    private static JsonNode json(Calls calls) {
        return JsonMapper.shared().readTree(calls.out());
    }
}
