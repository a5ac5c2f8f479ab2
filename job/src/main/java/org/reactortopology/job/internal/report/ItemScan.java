package org.reactortopology.job.internal.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.reactortopology.job.ItemState;
import org.reactortopology.job.internal.reading.LedgerReader;
import org.reactortopology.job.internal.reading.RecordedRun;

/** Goes once through all outcomes of a ledger and keeps sums: memory does not grow with them. */
final class ItemScan {

    static final int SLOWEST = 20;

    /** A row that may be among the slowest. */
    record Took(long id, long micros) {}

    private final Timeline timeline;
    private final Map<Integer, List<String>> worksOfRuns = new HashMap<>();
    private final Map<String, Spread> works = new LinkedHashMap<>();
    private final Map<Integer, Map<String, Long>> itemsOfRuns = new HashMap<>();
    private final PriorityQueue<Took> slowest = new PriorityQueue<>(
            Comparator.comparingLong(Took::micros).thenComparing(Took::id, Comparator.reverseOrder()));

    ItemScan(List<RecordedRun> runs, Timeline timeline) {
        this.timeline = timeline;
        for (int i = runs.size() - 1; i >= 0; i--) {
            worksOfRuns.put(runs.get(i).number(), runs.get(i).works());
            runs.get(i).works().forEach(name -> works.computeIfAbsent(name, each -> new Spread()));
        }
    }

    void scan(LedgerReader ledger) {
        ledger.each("SELECT id, state, run, ended, took_micros, works_micros FROM item", this::add);
    }

    private void add(ResultSet row) throws SQLException {
        ItemState state = ItemState.of(row.getInt(2));
        int run = row.getInt(3);
        timeline.add(run, row.getLong(4), !state.isSettled());
        itemsOfRuns.computeIfAbsent(run, each -> new TreeMap<>()).merge(state.name(), 1L, Long::sum);
        long took = row.getLong(5);
        if (!row.wasNull()) {
            offer(row.getLong(1), took);
        }
        addWorks(row.getString(6), worksOfRuns.getOrDefault(run, List.of()));
    }

    private void offer(long id, long took) {
        if (slowest.size() < SLOWEST) {
            slowest.add(new Took(id, took));
        } else if (took > slowest.element().micros()) {
            slowest.remove();
            slowest.add(new Took(id, took));
        }
    }

    private void addWorks(@Nullable String micros, List<String> names) {
        int at = 0;
        for (int i = 0; micros != null && i < names.size() && at <= micros.length(); i++) {
            int end = micros.indexOf(',', at);
            end = end < 0 ? micros.length() : end;
            Spread spread = works.get(names.get(i));
            if (end > at && spread != null) {
                spread.add(Long.parseLong(micros, at, end, 10));
            }
            at = end + 1;
        }
    }

    /** Times of each work, in the order of the latest run; works that only earlier runs had come last. */
    Map<String, Spread> works() {
        return works;
    }

    /** Outcomes of a run by state. */
    Map<String, Long> items(int run) {
        return itemsOfRuns.getOrDefault(run, Map.of());
    }

    /** The slowest one first. */
    List<Took> slowest() {
        List<Took> took = new ArrayList<>(slowest);
        took.sort(Comparator.comparingLong(Took::micros).reversed().thenComparing(Took::id));
        return took;
    }
}
