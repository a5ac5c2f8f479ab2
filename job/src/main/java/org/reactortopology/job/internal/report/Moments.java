package org.reactortopology.job.internal.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.reactortopology.job.internal.reading.LedgerReader;

/** Thins the samples of runs to at most {@value #MOST} and one for each run; of those around a moment, the highest value of each kind is kept. */
final class Moments {

    static final int MOST = 300;

    private final List<Report.Run> runs;
    private final long step;

    Moments(List<Report.Run> runs) {
        this.runs = runs;
        this.step = Math.max(1, runs.stream().mapToLong(Report.Run::millis).sum() / MOST);
    }

    List<Report.Moment> read(LedgerReader ledger) {
        List<Report.Moment> moments = new ArrayList<>();
        for (Report.Run run : runs) {
            int first = moments.size();
            ledger.each(
                    "SELECT at, busy, workers, heap_bytes, memory_bytes FROM sample WHERE run = ? ORDER BY at",
                    row -> {
                        Instant at = Instant.ofEpochMilli(row.getLong(1));
                        Report.Moment moment = new Report.Moment(
                                run.number(),
                                Timeline.elapsed(run, at),
                                at,
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5));
                        add(moments, first, moment);
                    },
                    run.number());
        }
        return moments;
    }

    private void add(List<Report.Moment> moments, int first, Report.Moment moment) {
        int last = moments.size() - 1;
        boolean near = last >= first && moments.get(last).elapsedMillis() / step == moment.elapsedMillis() / step;
        if (near) {
            moments.set(last, highest(moments.get(last), moment));
        } else {
            moments.add(moment);
        }
    }

    private static Report.Moment highest(Report.Moment one, Report.Moment other) {
        return new Report.Moment(
                one.run(),
                one.elapsedMillis(),
                one.at(),
                Math.max(one.busy(), other.busy()),
                Math.max(one.workers(), other.workers()),
                Math.max(one.heapBytes(), other.heapBytes()),
                Math.max(one.memoryBytes(), other.memoryBytes()));
    }
}
