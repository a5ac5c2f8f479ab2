package org.reactortopology.job.internal.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.IntFunction;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.internal.directory.Owner;
import org.reactortopology.job.internal.ledger.JobFiles;
import org.reactortopology.job.internal.ledger.LedgerFile;
import tools.jackson.databind.json.JsonMapper;

/** Writes ledgers as runs would, without a run. */
public final class TestLedger implements AutoCloseable {

    public static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");

    public static final String MERMAID = """
            flowchart LR
              n0(["pairs<br/>source files images/*.tif, on-demand"])
              n1["read<br/>io"]
              n2[("queue<br/>at most 8 items")]
              n3["correlate<br/>cpu, at most 30000 ms"]
              output((output))
              n0 --> n1
              n1 --> n2
              n2 --> n3
              n3 --> output
            """;

    private final Connection connection;
    private final Path directory;
    private String host = Owner.self().host();
    private long pid = Owner.self().pid();
    private Instant processStart = Owner.self().processStart();

    public TestLedger(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            connection = LedgerFile.openForWriting(new JobFiles(directory).ledger());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The owner of runs that are begun from now on. */
    public TestLedger owner(String newHost, long newPid, Instant start) {
        host = newHost;
        pid = newPid;
        processStart = start;
        return this;
    }

    /** The lock of the owner, as the process of a run has it. */
    public TestLedger locked() {
        return file(
                "lock", "{\"host\":\"" + host + "\",\"pid\":" + pid + ",\"processStart\":\"" + processStart + "\"}");
    }

    public TestLedger file(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestLedger run(int number, String mode, String state, Instant started, Instant ended, Long total) {
        return run(number, mode, state, started, ended, total, null, null);
    }

    public TestLedger run(
            int number,
            String mode,
            String state,
            Instant started,
            Instant ended,
            Long total,
            String factory,
            String params) {
        String machine = "{\"host\":\"" + host + "\",\"pid\":" + pid + ",\"processStart\":\"" + processStart
                + "\",\"processors\":2,\"os\":\"Linux\",\"java\":\"17\",\"version\":\"0.1.0\"}";
        return update(
                "INSERT INTO run (number, mode, state, started, ended, topology, fingerprint, plan, mermaid, works_json,"
                        + " factory, params_json, executor, machine_json, total) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                number,
                mode,
                state,
                started.toEpochMilli(),
                ended == null ? null : ended.toEpochMilli(),
                "piv",
                "f00d",
                "topology 'piv'\n",
                MERMAID,
                "[\"read\",\"correlate\"]",
                factory,
                params,
                "2 workers of 1 thread",
                machine,
                total);
    }

    public TestLedger report(int run, String counts, String report) {
        return update("UPDATE run SET counts_json = ?, report_json = ? WHERE number = ?", counts, report, run);
    }

    public TestLedger error(int run, String error) {
        return update("UPDATE run SET error = ? WHERE number = ?", error, run);
    }

    public TestLedger item(String key, long index, ItemState state, int run, Instant ended, String failure) {
        boolean ran = state != ItemState.SKIPPED;
        return update(
                ITEM,
                key,
                index,
                state.code(),
                run,
                state.isSettled() ? 1 : 3,
                1,
                ran ? ended.toEpochMilli() * 1000 - 35_000 : null,
                ran ? 35_000 : null,
                ran ? "5000,30000" : null,
                ended.toEpochMilli(),
                failure);
    }

    private static final String ITEM =
            "INSERT OR REPLACE INTO item (key, idx, state, run, attempts, worker, started_micros,"
                    + " took_micros, works_micros, ended, failure_json, derived) VALUES (?,?,?,?,?,?,?,?,?,?,?,0)";

    /** Many items at once; the function gives the values of the columns of {@link #ITEM}. */
    public TestLedger items(int count, IntFunction<Object[]> item) {
        try (PreparedStatement statement = connection.prepareStatement(ITEM)) {
            for (int i = 0; i < count; i++) {
                Object[] values = item.apply(i);
                for (int j = 0; j < values.length; j++) {
                    statement.setObject(j + 1, values[j]);
                }
                statement.addBatch();
                if (i % 1000 == 999) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
            connection.commit();
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public TestLedger sample(int run, Instant at, long ended, int busy, int workers, long heap, long memory) {
        return update(
                "INSERT INTO sample (run, at, taken, ended, failures, derived, heap_bytes, memory_bytes, busy, workers)"
                        + " VALUES (?,?,?,?,?,0,?,?,?,?)",
                run,
                at.toEpochMilli(),
                ended + busy,
                ended,
                0,
                heap,
                memory,
                busy,
                workers);
    }

    public TestLedger live(int run, Instant at, String progress) {
        return update("INSERT OR REPLACE INTO live VALUES (1, ?, ?, ?)", run, at.toEpochMilli(), progress);
    }

    public TestLedger update(String sql, Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
            connection.commit();
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String failure(String work, String type, String message, String file) {
        return JsonMapper.shared()
                .writeValueAsString(
                        java.util.Map.of("work", work, "type", type, "message", message, "reason", "", "file", file));
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
