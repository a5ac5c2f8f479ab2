package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.cpu;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.job.internal.directory.Owner;
import org.reactortopology.job.internal.reading.TestLedger;

/** Items that become others: how far the job is, is told of those of the source. */
@Timeout(60)
class JobOfManyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant BEGIN = TestLedger.BEGIN;

    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void begin() {
        directory = parent.resolve("job");
    }

    @Test
    void afterItsEndAllOfTheSourceIsSettled() throws Exception {
        Job job = Job.in(directory);
        job.on(ParallelExecutor.threads(2)).run(twins()).execute().block(PATIENCE);

        JobStatus status = job.status();

        assertThat(status.total()).isEqualTo(OptionalLong.of(10));
        assertThat(status.settled()).isEqualTo(9);
        assertThat(status.recorded()).isEqualTo(10);
        assertThat(status.failures()).as("a child and its parent").isEqualTo(2);
        assertThat(status.recordedOfOthers()).isEqualTo(20);
        assertThat(status.derived()).isEqualTo(Map.of(ItemState.DONE, 19L, ItemState.FAILED, 1L));
        assertThat(status.now().orElseThrow().derived()).isEqualTo(20);
        assertThat(status.now().orElseThrow().endedOfSource()).isEqualTo(10);
        assertThat(Rows.of(directory, "SELECT key FROM item WHERE derived = 1 ORDER BY key LIMIT 2"))
                .containsExactly("0/0", "0/1");
        assertThat(Rows.of(directory, "SELECT max(ended - derived) FROM sample"))
                .containsExactly("10");
        assertThat(Files.readString(directory.resolve("report.html"))).contains("9 of 10 keys are settled, 2 failed");
        assertThat(Files.readString(directory.resolve("report.json")))
                .contains("\"recorded\" : 10", "\"derived\" : 20");
    }

    @Test
    void aKeyOfAChildCannotBeAskedFor() {
        Job.in(directory).on(ParallelExecutor.threads(2)).run(twins()).execute().block(PATIENCE);
        Job job = Job.in(directory).mode(JobMode.only(List.of("7/1")));

        assertThatThrownBy(() -> job.on(ParallelExecutor.threads(2))
                        .run(twins())
                        .outcomes()
                        .blockLast(PATIENCE))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("'7/1'")
                .hasMessageContaining("give '7'");
        assertThat(job.plan(twins()).problem()).contains("give '7'");
        assertThat(Rows.of(directory, "SELECT count(*) FROM run")).containsExactly("1");
    }

    @Test
    void whileItRunsTheCountsOfTheSourceAreTold() {
        try (TestLedger ledger = killedOrRunning()) {
            ledger.sample(1, BEGIN.plusSeconds(10), 12, 1, 1, 1, 1)
                    .update("UPDATE sample SET derived = 8")
                    .live(1, BEGIN.plusSeconds(10), "{\"done\":12,\"derived\":8,\"taken\":5}");

            JobStatus status = Job.in(directory).status();

            JobStatus.Now now = status.now().orElseThrow();
            assertThat(now.ended()).isEqualTo(12);
            assertThat(now.endedOfSource()).isEqualTo(4);
            assertThat(now.perSecond()).as("items of the source").isEqualTo(0.4);
            assertThat(status.settled()).isEqualTo(1);
        }
    }

    @Test
    void afterItsDeathTheRowsOfTheSourceAreTold() {
        killedOrRunning().close();
        try (TestLedger ledger = new TestLedger(directory)) {
            Owner self = Owner.self();
            ledger.owner(self.host(), self.pid(), self.processStart().minusSeconds(100));
            ledger.run(2, "RESUME", "RUNNING", BEGIN, null, 10L);
        }

        JobStatus status = Job.in(directory).status();

        assertThat(status.state()).isEqualTo(JobStatus.State.KILLED);
        assertThat(status.settled()).isEqualTo(1);
        assertThat(status.recorded()).isEqualTo(1);
        assertThat(status.recordedOfOthers()).isEqualTo(2);
    }

    private TestLedger killedOrRunning() {
        return new TestLedger(directory)
                .run(1, "FRESH", "RUNNING", BEGIN, null, 10L)
                .item("0", 0, ItemState.CONSUMED, 1, BEGIN, null)
                .item("0/0", 0, ItemState.DONE, 1, BEGIN, null)
                .item("0/1", 0, ItemState.DONE, 1, BEGIN, null)
                .update("UPDATE item SET derived = 1 WHERE key LIKE '%/%'");
    }

    /** Two children of each number, one of which fails. */
    private static Topology<Long> twins() {
        return Topology.named("twins")
                .source("numbers", Series.range(0, 10, 1))
                .flatMap("split", cpu(n -> List.of(n, n + 100)))
                .map("check", cpu(JobOfManyTest::checked))
                .build();
    }

    private static long checked(long n) {
        if (n == 107) {
            throw new IllegalArgumentException("not " + n);
        }
        return n;
    }
}
