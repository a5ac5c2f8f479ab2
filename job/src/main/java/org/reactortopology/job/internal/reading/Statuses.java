package org.reactortopology.job.internal.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.JobMode;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.internal.ledger.JobFiles;
import org.reactortopology.job.internal.ledger.RunRow;

/** Makes the status of a job of its ledger. */
public final class Statuses {

    /** What the rate is taken over. */
    private static final Duration RATE_OVER = Duration.ofMinutes(1);

    private final LedgerReader ledger;
    private final Liveness liveness;

    public Statuses(LedgerReader ledger, Clock clock) {
        this.ledger = ledger;
        this.liveness = new Liveness(new JobFiles(ledger.directory()), clock);
    }

    /** How the job stands. */
    public JobStatus status() {
        RecordedRun run = RecordedRun.latest(ledger);
        Optional<LiveRow> live = LiveRow.of(ledger, run.number());
        OptionalLong total = run.total().isPresent()
                ? run.total()
                : live.map(each -> each.progress().number("total")).orElse(OptionalLong.empty());
        return new JobStatus(
                ledger.directory(),
                run.topology(),
                run.number(),
                mode(run.mode()),
                liveness.state(run, live),
                run.owner(),
                run.executor(),
                run.started(),
                run.ended(),
                items("run >= ?"),
                items("run >= ? AND derived = 1"),
                total,
                live.map(each -> now(run, each)),
                liveness.error(run));
    }

    static JobMode.Kind mode(String name) {
        for (JobMode.Kind kind : JobMode.Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        return JobMode.Kind.RESUME;
    }

    private Map<ItemState, Long> items(String which) {
        Map<ItemState, Long> items = new EnumMap<>(ItemState.class);
        ledger.each(
                "SELECT state, count(*) FROM item WHERE " + which + " GROUP BY state",
                row -> items.put(ItemState.of(row.getInt(1)), row.getLong(2)),
                ledger.with(RunRow::countsFrom));
        return items;
    }

    private JobStatus.Now now(RecordedRun run, LiveRow live) {
        Json progress = live.progress();
        long ran = progress.count("done") + progress.count("failures");
        long ended = ran + progress.count("skipped");
        long derived = progress.count("derived");
        return new JobStatus.Now(
                live.at(),
                progress.count("taken"),
                ended,
                progress.count("skipped"),
                progress.count("failures"),
                derived,
                Duration.ofMillis(progress.count("elapsedMillis")),
                perSecond(run, live.at(), Math.min(ran, ended - derived)),
                works(progress.list("works")),
                progress.list("queues").stream().map(Statuses::queue).toList(),
                progress.list("workers").stream().map(Statuses::worker).toList());
    }

    /**
     * The ended items of the source of the last minute by the samples. Those count skipped items too, which a resume has thousands of in its first seconds; so never
     * more than the items that were run in all.
     */
    private double perSecond(RecordedRun run, Instant at, long ran) {
        long from = at.minus(RATE_OVER).toEpochMilli();
        record Sample(long at, long ended) {}
        Sample last = ledger.one(
                        "SELECT at, ended - derived FROM sample WHERE run = ? ORDER BY at DESC LIMIT 1",
                        row -> new Sample(row.getLong(1), row.getLong(2)),
                        run.number())
                .orElse(new Sample(at.toEpochMilli(), ran));
        Sample first = ledger.one(
                        "SELECT at, ended - derived FROM sample WHERE run = ? AND at <= ? ORDER BY at DESC LIMIT 1",
                        row -> new Sample(row.getLong(1), row.getLong(2)),
                        run.number(),
                        from)
                .orElse(new Sample(run.started().toEpochMilli(), 0));
        long millis = last.at() - first.at();
        return millis <= 0 ? 0 : Math.min(last.ended() - first.ended(), ran) * 1000.0 / millis;
    }

    /** The works of a run's report or of its progress. */
    public static List<JobStatus.WorkNow> works(List<Json> works) {
        return works.stream()
                .map(work -> new JobStatus.WorkNow(
                        work.textOrEmpty("name"),
                        work.count("calls"),
                        work.count("failures"),
                        Duration.ofMillis(work.count("millis"))))
                .toList();
    }

    private static JobStatus.QueueNow queue(Json queue) {
        return new JobStatus.QueueNow(
                queue.textOrEmpty("edge"), (int) queue.count("depth"), (int) queue.count("capacity"), (int)
                        queue.count("highest"));
    }

    private static JobStatus.WorkerNow worker(Json worker) {
        return new JobStatus.WorkerNow(
                (int) worker.count("id"),
                worker.count("pid"),
                worker.count("items"),
                worker.count("outcomes"),
                worker.count("memoryBytes"));
    }
}
