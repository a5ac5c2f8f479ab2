package org.reactortopology.job.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.job.internal.ledger.Samples.Sample;

class SamplesTest {

    @TempDir
    Path directory;

    @Test
    void areThinnedEvenlyWhenThereAreTooMany() throws SQLException {
        try (Connection ledger = LedgerFile.openForWriting(directory.resolve("ledger.db"))) {
            Samples samples = new Samples(1, 8);
            for (int second = 0; second < 20; second++) {
                samples.write(ledger, new Sample(second, 0, 0, 0, 0, 0, 0, 0, 0), "{}");
            }

            assertThat(times(ledger, "SELECT at FROM sample ORDER BY at")).containsExactly(0L, 4L, 8L, 12L, 16L);
            assertThat(times(ledger, "SELECT at FROM live")).containsExactly(19L);
        }
    }

    private static List<Long> times(Connection ledger, String sql) throws SQLException {
        List<Long> times = new ArrayList<>();
        try (Statement statement = ledger.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                times.add(rows.getLong(1));
            }
        }
        return times;
    }
}
