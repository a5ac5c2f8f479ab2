package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.Work;
import org.reactortopology.job.internal.directory.Owner;
import org.reactortopology.job.internal.reading.TestLedger;
import reactor.core.publisher.Flux;

/** What is read of ledgers whose rows are written by hand. */
class JobReadingTest {

    private static final Instant BEGIN = TestLedger.BEGIN;
    private static final String LIVE =
            "{\"total\":24,\"taken\":14,\"done\":10,\"failures\":1,\"skipped\":2,\"elapsedMillis\":20000,"
                    + "\"works\":[{\"name\":\"read\",\"calls\":13,\"failures\":0,\"millis\":65},"
                    + "{\"name\":\"correlate\",\"calls\":12,\"failures\":1,\"millis\":360}],"
                    + "\"queues\":[{\"edge\":\"'read' -> 'correlate'\",\"depth\":3,\"capacity\":8,\"highest\":5}],"
                    + "\"workers\":[{\"id\":0,\"pid\":77,\"items\":8,\"outcomes\":6,\"memoryBytes\":1000}]}";

    @TempDir
    Path directory;

    record Limits(Path images, long items, Duration pause) {}

    static class Numbers implements TopologyFactory<Limits, Long> {
        @Override
        public Topology<Long> create(Limits limits) {
            return Topology.named("piv")
                    .source("numbers", Series.range(0, limits.items(), 1))
                    .map("read", Work.cpu((Long value) -> value))
                    .build();
        }
    }

    private TestLedger begun(Long total) {
        return new TestLedger(directory).run(1, "FRESH", "RUNNING", BEGIN, null, total);
    }

    private Job job() {
        return Job.in(directory);
    }

    @Test
    void aDirectoryWithoutAJobIsRefusedWithTheFix() {
        assertThatThrownBy(() -> job().status())
                .isInstanceOf(JobException.class)
                .hasMessageContaining("there is no job in '" + directory + "', which has no ledger.db in it")
                .hasMessageContaining("name the directory of a job");
        assertThatThrownBy(() -> Job.in(directory.resolve("nowhere")).failures())
                .isInstanceOf(JobException.class)
                .hasMessageContaining("does not exist");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileThatIsNoLedgerIsRefused() throws IOException {
        Files.writeString(directory.resolve("ledger.db"), "hello ".repeat(1000));

        assertThatThrownBy(() -> job().status())
                .isInstanceOf(JobException.class)
                .hasMessageContaining("it is no ledger or is damaged");
    }

    @Test
    void aLedgerOfANewerVersionIsRefused() {
        try (TestLedger ledger = begun(1L)) {
            ledger.update("PRAGMA user_version = 99");
        }
        assertThatThrownBy(() -> job().status())
                .isInstanceOf(JobException.class)
                .hasMessageContaining("version 99");
    }

    @Test
    void aLedgerWithoutARunSaysSo() {
        new TestLedger(directory).close();

        assertThatThrownBy(() -> job().status())
                .isInstanceOf(JobException.class)
                .hasMessageContaining("no run yet");
    }

    @Test
    void aRunningJobIsReadWhileItsWriterHasItOpen() {
        try (TestLedger ledger = begun(24L)) {
            ledger.locked()
                    .item("0", 0, ItemState.DONE, 1, BEGIN.plusSeconds(1), null)
                    .item("1", 1, ItemState.FAILED, 1, BEGIN.plusSeconds(1), null)
                    .sample(1, BEGIN.plusSeconds(10), 8, 2, 1, 1, 1)
                    .sample(1, BEGIN.plusSeconds(20), 13, 2, 1, 1, 1)
                    .live(1, BEGIN.plusSeconds(20), LIVE);

            JobStatus status = job().status();

            assertThat(status.state()).isEqualTo(JobStatus.State.RUNNING);
            assertThat(status.mode()).isEqualTo(JobMode.Kind.FRESH);
            assertThat(status.total()).isEqualTo(OptionalLong.of(24));
            assertThat(status.items()).isEqualTo(Map.of(ItemState.DONE, 1L, ItemState.FAILED, 1L));
            assertThat(status.owner())
                    .isEqualTo("pid " + ProcessHandle.current().pid() + " on "
                            + Owner.self().host());
            JobStatus.Now now = status.now().orElseThrow();
            assertThat(now.taken()).isEqualTo(14);
            assertThat(now.ended()).isEqualTo(13);
            assertThat(now.skipped()).isEqualTo(2);
            assertThat(now.elapsed()).isEqualTo(Duration.ofSeconds(20));
            assertThat(now.perSecond()).as("11 items were run in 20 s").isEqualTo(11 / 20.0);
            assertThat(now.works())
                    .containsExactly(
                            new JobStatus.WorkNow("read", 13, 0, Duration.ofMillis(65)),
                            new JobStatus.WorkNow("correlate", 12, 1, Duration.ofMillis(360)));
            assertThat(now.queues()).containsExactly(new JobStatus.QueueNow("'read' -> 'correlate'", 3, 8, 5));
            assertThat(now.workers()).containsExactly(new JobStatus.WorkerNow(0, 77, 8, 6, 1000));
        }
    }

    @Test
    void theRateIsThatOfTheLastMinute() {
        try (TestLedger ledger = begun(10_000L)) {
            for (int second = 0; second <= 200; second += 10) {
                long ended = second <= 140 ? second * 10L : 1400 + (second - 140) * 2L;
                ledger.sample(1, BEGIN.plusSeconds(second), ended, 1, 1, 1, 1);
            }
            ledger.live(1, BEGIN.plusSeconds(200), "{\"done\":1520,\"elapsedMillis\":200000}");
        }
        assertThat(job().status().now().orElseThrow().perSecond()).isEqualTo(2.0);
    }

    @Test
    void aRunWhoseOwnerIsDeadWasKilled() {
        try (TestLedger ledger = new TestLedger(directory)) {
            Owner self = Owner.self();
            ledger.owner(self.host(), self.pid(), self.processStart().minusSeconds(100));
            ledger.run(1, "FRESH", "RUNNING", BEGIN, null, 24L);
        }
        assertThat(job().status().state())
                .as("another process has the number now")
                .isEqualTo(JobStatus.State.KILLED);
        assertThat(job().status().ended()).isEmpty();
        assertThat(job().status().now()).isEmpty();
    }

    @Test
    void aRunWithoutItsLockHasEndedThoughItsOwnerLives() {
        try (TestLedger ledger = begun(24L)) {
            assertThat(job().status().state()).as("no lock").isEqualTo(JobStatus.State.KILLED);

            ledger.locked().file("job.json", "{\"run\":1,\"state\":\"RUNNING\"}");
            assertThat(job().status().state()).isEqualTo(JobStatus.State.RUNNING);

            ledger.file("job.json", "{\"run\":1,\"state\":\"FAILED\",\"error\":\"the disk is full\"}");
            assertThat(job().status().state()).isEqualTo(JobStatus.State.FAILED);
            assertThat(job().status().error()).contains("the disk is full");

            ledger.run(2, "RESUME", "RUNNING", BEGIN, null, 24L);
            assertThat(job().status().state()).as("told of another run").isEqualTo(JobStatus.State.RUNNING);
        }
    }

    @Test
    void aRunOfAnotherHostIsKilledWhenItIsSilent() {
        try (TestLedger ledger = new TestLedger(directory)) {
            ledger.owner("elsewhere.invalid", 1, BEGIN).locked();
            ledger.run(1, "FRESH", "RUNNING", Instant.now().minusSeconds(1000), null, 24L);
            ledger.live(1, Instant.now(), LIVE);
            assertThat(job().status().state()).isEqualTo(JobStatus.State.RUNNING);

            ledger.live(1, Instant.now().minusSeconds(31), LIVE);
            assertThat(job().status().state()).isEqualTo(JobStatus.State.KILLED);
        }
    }

    @Test
    void theLogOfAKilledWriterIsReadAndNothingIsLost(@TempDir Path copy) throws IOException {
        try (TestLedger ledger = begun(24L)) {
            ledger.item("0", 0, ItemState.DONE, 1, BEGIN, null);
            // What a process leaves that is killed now: nothing of the log is in the database yet.
            for (String name : List.of("ledger.db", "ledger.db-wal")) {
                Files.copy(directory.resolve(name), copy.resolve(name));
            }
        }
        assertThat(Job.in(copy).status().settled()).isEqualTo(1);
        assertThat(Job.in(copy).status().settled()).isEqualTo(1);
    }

    @Test
    void readingLeavesNothingBeside() {
        threeOfFive();

        job().status();
        job().explain("0");

        assertThat(directory.toFile().list()).containsExactly("ledger.db");
    }

    @Test
    void aKeyThatIsDoneIsExplained() {
        Instant ended = Instant.parse("2026-11-22T10:04:05Z");
        try (TestLedger ledger = begun(2L)) {
            ledger.item("img1", 0, ItemState.DONE, 1, ended, null);
        }
        Explanation explanation = job().explain("img1");

        assertThat(explanation.why())
                .matches("done in run 1 on 2026-11-2\\d \\d\\d:\\d4:05, in 35 ms, by worker 1, at the first attempt;"
                        + " a resume leaves it out");
        assertThat(explanation.known()).isTrue();
        assertThat(explanation.runs()).isFalse();
        assertThat(explanation.ended()).contains(ended);
        assertThat(explanation.works())
                .isEqualTo(Map.of("read", Duration.ofMillis(5), "correlate", Duration.ofMillis(30)));
        assertThat(explanation.works().keySet()).containsExactly("read", "correlate");
    }

    @Test
    void aFailureIsExplainedWithItsFile() throws IOException {
        String failure =
                TestLedger.failure("correlate", "java.lang.IllegalArgumentException", "too\nsmall", "img1.txt");
        try (TestLedger ledger = begun(2L)) {
            ledger.item("img1", 0, ItemState.FAILED, 1, BEGIN, failure);
        }
        assertThat(job().explain("img1").why())
                .contains("failed in work 'correlate' (IllegalArgumentException: too small) after 3 attempts in run 1")
                .endsWith("a resume runs it again");

        Path file = directory.resolve("failures/img1.txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "trace");

        assertThat(job().explain("img1").why())
                .endsWith("a resume runs it again; " + Path.of("failures", "img1.txt") + " has the stack trace");
        assertThat(job().explain("img1").failure().orElseThrow().file()).contains(file);
        assertThat(job().explain("img1").runs()).isTrue();
    }

    @Test
    void anUnknownKeyIsExplainedWithThoseThatAreLikeIt() {
        try (TestLedger ledger = begun(100L)) {
            for (int i = 0; i < 50; i++) {
                ledger.item("Image_" + i + ".tif", i, ItemState.DONE, 1, BEGIN, null);
            }
        }
        Explanation explanation = job().explain("image_07.tif");

        assertThat(explanation.known()).isFalse();
        assertThat(explanation.runs()).isTrue();
        assertThat(explanation.why())
                .startsWith("the ledger has no outcome of it; a resume runs it if the source gives it;")
                .contains("'Image_7.tif'");
        assertThat(job().explain("wholly different").why()).endsWith("if the source gives it");
        assertThat(job().explain("").known()).isFalse();
    }

    @Test
    void failuresComeInTheOrderOfTheSource() {
        try (TestLedger ledger = begun(100L)) {
            ledger.item("c", 9, ItemState.CRASHED, 1, BEGIN, "{\"work\":\"\",\"reason\":\"signal 9\"}")
                    .item("a", 3, ItemState.TIMED_OUT, 1, BEGIN, "{\"work\":\"read\",\"message\":\"too long\"}")
                    .item("d", 1, ItemState.DONE, 1, BEGIN, null)
                    .item("b", 5, ItemState.FAILED, 1, BEGIN, TestLedger.failure("w", "T", "m", "../../etc/passwd"));
        }
        assertThat(job().failures()).extracting(JobFailure::key).containsExactly("a", "b", "c");
        assertThat(job().failures()).extracting(JobFailure::message).containsExactly("too long", "m", "signal 9");
        assertThat(job().failures()).extracting(JobFailure::file).allMatch(java.util.Optional::isEmpty);
    }

    @Test
    void theTopologyIsBuiltAnewByItsFactory() {
        try (TestLedger ledger = new TestLedger(directory)) {
            String params = "{\"images\":\"a b\",\"items\":3,\"pause\":\"PT2S\"}";
            ledger.run(1, "FRESH", "COMPLETED", BEGIN, BEGIN, 3L, Numbers.class.getName(), params);
        }
        Topology<?> topology = job().topology();

        assertThat(topology.origin().orElseThrow().params())
                .isEqualTo(new Limits(Path.of("a b"), 3, Duration.ofSeconds(2)));
        assertThat(job().mode(JobMode.RESUME).plan().run()).isEqualTo(OptionalLong.of(3));
    }

    @Test
    void aTopologyThatCannotBeBuiltIsRefusedWithTheReason() {
        try (TestLedger ledger = begun(3L)) {
            assertThatThrownBy(() -> job().topology())
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("was not built by a factory");
            ledger.run(2, "RESUME", "COMPLETED", BEGIN, BEGIN, 3L, "no.such.Factory", "{}");
        }
        assertThatThrownBy(() -> job().topology())
                .isInstanceOf(JobException.class)
                .hasMessageContaining("no.such.Factory")
                .hasMessageContaining("not on the class path");
    }

    private static Topology<Long> numbers(long items) {
        return Topology.from(Numbers.class, new Limits(Path.of("x"), items, Duration.ZERO));
    }

    private void threeOfFive() {
        try (TestLedger ledger = new TestLedger(directory)) {
            String params = "{\"images\":\"x\",\"items\":5,\"pause\":\"PT0S\"}";
            ledger.run(1, "FRESH", "COMPLETED", BEGIN, BEGIN, 5L, Numbers.class.getName(), params);
            ledger.item("0", 0, ItemState.DONE, 1, BEGIN, null)
                    .item("1", 1, ItemState.FAILED, 1, BEGIN, null)
                    .item("9", 9, ItemState.DONE, 1, BEGIN, null);
        }
    }

    @Test
    void aPlanSaysWhatEachModeRunsAndSkips() {
        threeOfFive();

        Job job = job().allowChanges(); // the rows tell of another plan
        JobPlan resume = job.mode(JobMode.RESUME).plan();
        assertThat(resume.run()).isEqualTo(OptionalLong.of(4));
        assertThat(resume.skip()).isEqualTo(OptionalLong.of(1));
        assertThat(resume.firstToRun()).containsExactly("1", "2", "3", "4");
        assertThat(resume.firstToSkip()).containsExactly("0");
        assertThat(resume.goneFromSource()).containsExactly("9");
        assertThat(resume.problem()).isEmpty();

        assertThat(job.mode(JobMode.RETRY_FAILED).plan().firstToRun()).containsExactly("1");
        assertThat(job().mode(JobMode.RESUME).plan().problem()).contains("is not what the job");
        assertThat(job.mode(JobMode.RECOMPUTE).plan().run()).isEqualTo(OptionalLong.of(5));
        assertThat(job().mode(JobMode.only(List.of("3", "4"))).plan().firstToRun())
                .containsExactly("3", "4");
        assertThat(job().plan().problem()).contains("has a job");
        assertThat(job().mode(JobMode.NEW).plan().problem()).isEmpty();
        assertThat(job().mode(JobMode.NEW).plan().run()).isEqualTo(OptionalLong.of(5));
    }

    @Test
    void aPlanNamesAFewKeysOfMany() {
        threeOfFive();

        JobPlan plan = job().allowChanges().mode(JobMode.RESUME).plan(numbers(1000));

        assertThat(plan.run()).isEqualTo(OptionalLong.of(998));
        assertThat(plan.firstToRun()).hasSize(JobPlan.SHOWN).startsWith("1", "2");
    }

    @Test
    void aPlanNeedsNoJob() {
        JobPlan plan = job().plan(numbers(5));

        assertThat(plan.run()).isEqualTo(OptionalLong.of(5));
        assertThat(plan.problem()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aPublisherIsReadAndAnInputIsNot() {
        Topology<Integer> publisher = Topology.named("p")
                .source("numbers", Flux.range(0, 1000), value -> "k" + value)
                .map("w", Work.cpu((Integer value) -> value))
                .build();
        Topology<Integer> input = Topology.named("p")
                .input("numbers", Integer.class, value -> "k" + value)
                .map("w", Work.cpu((Integer value) -> value))
                .build();

        assertThat(job().plan(publisher).run()).isEqualTo(OptionalLong.of(1000));
        assertThat(job().plan(input).run()).isEmpty();
        assertThat(job().plan(input).skip()).isEmpty();
    }
}
