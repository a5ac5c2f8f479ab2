package org.reactortopology.job.internal.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.job.internal.reading.TestLedger.BEGIN;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Topology;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.Job;
import org.reactortopology.job.JobException;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.JobPlan;
import reactor.core.publisher.Flux;

/** Those who read are in nobody's way. */
@Timeout(60)
class ReadingLeavesNothingTest {

    private static final SQLException NO_RIGHTS = new SQLException("unable to open", null, 14);

    @TempDir
    Path directory;

    @TempDir
    Path temporary;

    @Test
    void aCopyThatCannotBeMadeIsRemoved() throws Exception {
        Path ledger = Files.writeString(directory.resolve("ledger.db"), "no log lies beside it");

        assertThatThrownBy(() -> LedgerReader.openCopy(directory, ledger, NO_RIGHTS, temporary))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("cannot be copied");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aCopyThatCannotBeOpenedIsRemoved() throws Exception {
        Path ledger = Files.writeString(directory.resolve("ledger.db"), "not at all a database ".repeat(99));
        Files.createFile(directory.resolve("ledger.db-wal"));

        assertThatThrownBy(() -> LedgerReader.openCopy(directory, ledger, NO_RIGHTS, temporary))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("is damaged");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void theLogOfTheLedgerCanBeCutWhileAPlanWalksTheSource() {
        List<Integer> busy = new ArrayList<>();
        Topology<Long> topology = Topology.named("numbers")
                .source("numbers", Flux.just(1L, 2L), n -> {
                    busy.add(cutLog());
                    return Long.toString(n);
                })
                .map("work", cpu((Long n) -> n))
                .build();
        try (TestLedger ledger = new TestLedger(directory)) {
            ledger.run(1, "FRESH", "RUNNING", BEGIN, null, 2L).item("1", 0, ItemState.DONE, 1, BEGIN, null);
            JobPlan plan = Job.in(directory).mode(JobMode.RESUME).allowChanges().plan(topology);

            assertThat(plan.firstToSkip()).containsExactly("1");
            assertThat(plan.firstToRun()).containsExactly("2");
        }
        assertThat(busy).isNotEmpty().containsOnly(0);
    }

    /** 0 if nobody is in the way. */
    private int cutLog() {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
