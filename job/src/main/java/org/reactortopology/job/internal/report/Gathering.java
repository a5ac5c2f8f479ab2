package org.reactortopology.job.internal.report;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.JobFailure;
import org.reactortopology.job.JobStatus;
import org.reactortopology.job.internal.ledger.RunRow;
import org.reactortopology.job.internal.reading.ItemRow;
import org.reactortopology.job.internal.reading.Json;
import org.reactortopology.job.internal.reading.LedgerReader;
import org.reactortopology.job.internal.reading.LiveRow;
import org.reactortopology.job.internal.reading.RecordedRun;
import org.reactortopology.job.internal.reading.Statuses;

/** Takes the numbers of a report from a ledger. */
final class Gathering {

    /** Runs that are shown; of a job that has more, the latest. */
    static final int RUNS = 50;

    /** Failures that are shown one by one. */
    static final int FAILURES = 200;

    private static final int GROUPS = 50;

    private final LedgerReader ledger;
    private final Clock clock;
    private final JobStatus status;
    private final List<RecordedRun> recorded;
    private final Optional<LiveRow> live;

    private Gathering(LedgerReader ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
        this.status = new Statuses(ledger, clock).status();
        this.recorded = RecordedRun.all(ledger);
        this.live = LiveRow.of(ledger, status.run());
    }

    static Report gather(LedgerReader ledger, Clock clock) {
        return new Gathering(ledger, clock).report();
    }

    private Report report() {
        List<RecordedRun> shown = recorded.subList(Math.max(0, recorded.size() - RUNS), recorded.size());
        List<Report.Run> runs = runs(shown, run -> Map.of());
        Timeline timeline = new Timeline(runs, status.recorded() + status.recordedOfOthers());
        ItemScan scan = new ItemScan(recorded, timeline);
        scan.scan(ledger);
        List<Report.Group> groups = groups();
        Standing standing = new Standing(status, recorded.get(recorded.size() - 1));
        return new Report(
                Report.VERSION,
                clock.instant(),
                ledger.directory().toAbsolutePath().normalize().toString(),
                status.topology(),
                status.state().name(),
                standing.complete(),
                standing.summary(),
                standing.resume(),
                status.error(),
                counts(),
                runs(shown, scan::items),
                recorded.size() - shown.size(),
                timeline.throughput(),
                works(scan.works()),
                new Moments(runs).read(ledger),
                scan.slowest().stream()
                        .map(this::slow)
                        .flatMap(Optional::stream)
                        .toList(),
                failures(groups),
                recorded.get(recorded.size() - 1).mermaid());
    }

    private Report.Counts counts() {
        Map<String, Long> byState = new TreeMap<>();
        status.items().forEach((state, count) -> byState.put(state.name(), count));
        return new Report.Counts(
                status.total(),
                status.recorded(),
                status.settled(),
                status.failures(),
                status.recordedOfOthers(),
                byState);
    }

    private interface Items {
        Map<String, Long> of(int run);
    }

    private List<Report.Run> runs(List<RecordedRun> shown, Items items) {
        List<Report.Run> runs = new ArrayList<>();
        long elapsed = 0;
        for (RecordedRun run : shown) {
            boolean latest = run.number() == status.run();
            String state = latest ? status.state().name() : ended(run);
            Json counts = run.counts().isPresent() || !latest || live.isEmpty()
                    ? run.counts()
                    : live.get().progress();
            Report.Run line = new Report.Run(
                    run.number(),
                    run.mode(),
                    state,
                    run.executor(),
                    run.owner(),
                    run.started(),
                    run.ended(),
                    run.ended().orElseGet(() -> lastSign(run)),
                    items.of(run.number()),
                    counts.number("skipped"),
                    elapsed);
            runs.add(line);
            elapsed += line.millis();
        }
        return runs;
    }

    /** A run that another one has followed does not run any more, whatever process has its number now. */
    private static String ended(RecordedRun run) {
        return run.state().equals(JobStatus.State.RUNNING.name()) ? JobStatus.State.KILLED.name() : run.state();
    }

    private Instant lastSign(RecordedRun run) {
        long sample = ledger.one("SELECT max(at) FROM sample WHERE run = ?", row -> row.getLong(1), run.number())
                .orElse(0L);
        long item = ledger.one("SELECT max(ended) FROM item WHERE run = ?", row -> row.getLong(1), run.number())
                .orElse(0L);
        long seen = live.filter(row -> row.run() == run.number())
                .map(row -> row.at().toEpochMilli())
                .orElse(0L);
        long last =
                Math.max(Math.max(sample, item), Math.max(seen, run.started().toEpochMilli()));
        return Instant.ofEpochMilli(last);
    }

    private List<Report.Work> works(Map<String, Spread> spreads) {
        Map<String, Long> calls = calls();
        Map<String, Long> failures = new HashMap<>();
        ledger.each(
                "SELECT json_extract(failure_json, '$.work'), count(*) FROM item WHERE state >= 10 AND run >= ? GROUP BY 1",
                row -> failures.put(String.valueOf(row.getString(1)), row.getLong(2)),
                ledger.with(RunRow::countsFrom));
        List<Report.Work> works = new ArrayList<>();
        spreads.forEach((name, spread) -> works.add(new Report.Work(
                name,
                calls.containsKey(name) ? OptionalLong.of(calls.get(name)) : OptionalLong.empty(),
                spread.count(),
                failures.getOrDefault(name, 0L),
                spread.total(),
                spread.min(),
                spread.quantile(0.5),
                spread.quantile(0.95),
                spread.max(),
                spread.bars())));
        return works;
    }

    /** Empty if a run was killed whose last sign of life a later one has replaced. */
    private Map<String, Long> calls() {
        Map<String, Long> calls = new HashMap<>();
        for (RecordedRun run : recorded) {
            Json source = run.report().isPresent()
                    ? run.report()
                    : live.filter(row -> row.run() == run.number())
                            .map(LiveRow::progress)
                            .orElse(Json.of(null));
            if (!source.isPresent()) {
                return Map.of();
            }
            Statuses.works(source.list("works")).forEach(work -> calls.merge(work.name(), work.calls(), Long::sum));
        }
        return calls;
    }

    private Optional<Report.Slow> slow(ItemScan.Took took) {
        return ItemRow.at(ledger, took.id())
                .map(item -> new Report.Slow(
                        item.key(),
                        item.index(),
                        item.state().name(),
                        took.micros(),
                        item.run(),
                        item.worker(),
                        item.attempts()));
    }

    private List<Report.Group> groups() {
        return ledger.all(
                "SELECT json_extract(failure_json, '$.work'), json_extract(failure_json, '$.type'), state, count(*)"
                        + " FROM item WHERE state >= 10 AND run >= ? GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3 LIMIT "
                        + GROUPS,
                row -> new Report.Group(
                        Optional.ofNullable(row.getString(1)).orElse(""),
                        Optional.ofNullable(row.getString(2)).orElse(""),
                        ItemState.of(row.getInt(3)).name(),
                        row.getLong(4)),
                ledger.with(RunRow::countsFrom));
    }

    private Report.Failures failures(List<Report.Group> groups) {
        List<Report.Failure> first =
                ItemRow.failures(ledger, FAILURES).stream().map(this::failure).toList();
        return new Report.Failures(status.failures(), groups, first, status.failures() - first.size());
    }

    private Report.Failure failure(JobFailure failure) {
        return new Report.Failure(
                failure.key(),
                failure.index(),
                failure.state().name(),
                failure.work(),
                failure.type(),
                failure.message(),
                failure.attempts(),
                failure.run(),
                failure.at(),
                failure.file().map(file -> Report.relative(ledger.directory(), file)));
    }
}
