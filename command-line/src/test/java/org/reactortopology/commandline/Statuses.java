package org.reactortopology.commandline;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.JobStatus.Now;
import org.reactortopology.job.JobStatus.QueueNow;
import org.reactortopology.job.JobStatus.State;
import org.reactortopology.job.JobStatus.WorkNow;
import org.reactortopology.job.JobStatus.WorkerNow;

/** Jobs of 0, 1, 24 and 100 000 items, as they run and as they have ended. */
final class Statuses {

    private static final Instant STARTED = Calls.NOW.minus(Duration.ofSeconds(3725));

    private Statuses() {}

    /** All named, by the name of their golden text. */
    static Map<String, JobStatus> all() {
        Map<String, JobStatus> all = new LinkedHashMap<>();
        all.put("running-0", running(0, 0, 0, 0));
        all.put("running-1", running(1, 0, 0, 0));
        all.put("running-24", running(24, 11, 1, 2));
        all.put("running-100000", running(100_000, 61_234, 321, 20_000));
        all.put("running-unknown", unknownTotal());
        all.put("killed-24", ended(24, 11, 1, State.KILLED));
        all.put("completed-0", ended(0, 0, 0, State.COMPLETED));
        all.put("completed-1", ended(1, 1, 0, State.COMPLETED));
        all.put("completed-24", ended(24, 23, 1, State.COMPLETED));
        all.put("completed-100000", ended(100_000, 100_000, 0, State.COMPLETED));
        all.put("drained-24", ended(24, 11, 0, State.DRAINED));
        all.put("failed-100000", ended(100_000, 50_000, 0, State.FAILED));
        return all;
    }

    static JobStatus running(long total, long done, long failed, long skipped) {
        return new JobStatus(
                Path.of("piv-out"),
                "piv",
                skipped > 0 ? 2 : 1,
                skipped > 0 ? JobMode.Kind.RESUME : JobMode.Kind.FRESH,
                State.RUNNING,
                "pid 4711 on host",
                "multi-process --workers 2",
                STARTED,
                Optional.empty(),
                items(done + skipped, failed),
                Map.of(),
                OptionalLong.of(total),
                Optional.of(now(done, failed, skipped)),
                Optional.empty());
    }

    static JobStatus ended(long total, long done, long failed, State state) {
        boolean killed = state == State.KILLED;
        return new JobStatus(
                Path.of("piv-out"),
                "piv",
                1,
                JobMode.Kind.RETRY_FAILED,
                state,
                "pid 4711 on host",
                "parallel",
                STARTED,
                killed ? Optional.empty() : Optional.of(Calls.NOW.minusSeconds(60)),
                items(done, failed),
                Map.of(),
                OptionalLong.of(total),
                killed ? Optional.of(now(done, failed, 0)) : Optional.empty(),
                state == State.FAILED
                        ? Optional.of("the ledger 'piv-out/ledger.db' cannot be written: database or disk is full")
                        : Optional.empty());
    }

    static JobStatus in(Path directory, JobStatus status) {
        return new JobStatus(
                directory,
                status.topology(),
                status.run(),
                status.mode(),
                status.state(),
                status.owner(),
                status.executor(),
                status.started(),
                status.ended(),
                status.items(),
                status.derived(),
                status.total(),
                status.now(),
                status.error());
    }

    private static JobStatus unknownTotal() {
        JobStatus known = running(24, 11, 1, 0);
        return new JobStatus(
                Path.of("stream-job"),
                "a-topology-with-quite-a-long-name-of-its-own",
                1,
                known.mode(),
                State.RUNNING,
                known.owner(),
                "MyExecutor",
                known.started(),
                Optional.empty(),
                known.items(),
                Map.of(),
                OptionalLong.empty(),
                Optional.of(new Now(
                        Calls.NOW, 12, 12, 0, 1, 0, Duration.ofSeconds(9), 0.02, List.of(), List.of(), List.of())),
                Optional.empty());
    }

    private static Map<ItemState, Long> items(long done, long failed) {
        Map<ItemState, Long> items = new LinkedHashMap<>();
        items.put(ItemState.DONE, done);
        items.put(ItemState.FAILED, failed - failed / 3);
        items.put(ItemState.TIMED_OUT, failed / 3);
        return items;
    }

    private static Now now(long done, long failed, long skipped) {
        long calls = done + failed;
        List<WorkNow> works = new ArrayList<>();
        works.add(new WorkNow("read", calls, 0, Duration.ofMillis(12 * calls)));
        works.add(new WorkNow("decode", calls, failed, Duration.ofNanos(345_678 * calls)));
        works.add(new WorkNow("correlate-all-windows-in-any-number-of-passes", done, 0, Duration.ofMillis(235 * done)));
        works.add(new WorkNow("save", done, 0, Duration.ofMillis(9 * done)));
        return new Now(
                Calls.NOW,
                calls + skipped + 3,
                calls + skipped,
                skipped,
                failed,
                0,
                Duration.ofSeconds(3725),
                calls / 7.0,
                works,
                List.of(
                        new QueueNow("'draw' -> 'save'", (int) Math.min(5, done), 8, 8),
                        new QueueNow("workers", 0, 256, 31)),
                List.of(
                        new WorkerNow(1, 4713, done / 2, done / 2, 0),
                        new WorkerNow(0, 4712, done, done, 327_155_712)));
    }
}
