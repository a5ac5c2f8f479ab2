package org.reactortopology.job.internal.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The runs of a job end to end: time counts while it runs. Cut into buckets of one length, at most
 * {@value #MOST} and one for each run; the last one of a run is up to half a length shorter or longer. */
final class Timeline {

    static final int MOST = 120;

    private static final long[] LENGTHS = {
        100,
        200,
        500,
        1000,
        2000,
        5000,
        10_000,
        15_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        900_000,
        1_800_000,
        3_600_000,
        7_200_000,
        10_800_000,
        21_600_000,
        43_200_000,
        86_400_000
    };

    private final List<Report.Run> runs;
    private final Map<Integer, Cut> cuts = new HashMap<>();
    private final long bucketMillis;

    /** Outcomes and failures by bucket of one run. */
    private record Cut(Report.Run run, long[] outcomes, long[] failures) {}

    /** For so many outcomes: of few, a bucket is to hold some. */
    Timeline(List<Report.Run> runs, long outcomes) {
        this.runs = runs;
        long total = runs.stream().mapToLong(Report.Run::millis).sum();
        this.bucketMillis = length(total, Math.max(10, Math.min(MOST, outcomes / 2)));
        for (Report.Run run : runs) {
            int buckets = (int) Math.max(1, Math.round((double) run.millis() / bucketMillis));
            cuts.put(run.number(), new Cut(run, new long[buckets], new long[buckets]));
        }
    }

    private static long length(long total, long most) {
        for (long length : LENGTHS) {
            if (total / length < most) {
                return length;
            }
        }
        return total / most + 1;
    }

    /** Counts an outcome; those of runs that are not shown are left out. */
    void add(int run, long atMillis, boolean failure) {
        Cut cut = cuts.get(run);
        if (cut != null) {
            long bucket = (atMillis - cut.run().started().toEpochMilli()) / bucketMillis;
            int at = (int) Math.max(0, Math.min(cut.outcomes().length - 1, bucket));
            cut.outcomes()[at]++;
            cut.failures()[at] += failure ? 1 : 0;
        }
    }

    Report.Throughput throughput() {
        List<Report.Bucket> buckets = new ArrayList<>();
        boolean any = false;
        for (Report.Run run : runs) {
            Cut cut = cuts.get(run.number());
            for (int i = 0; cut != null && i < cut.outcomes().length; i++) {
                long elapsed = run.elapsedBefore() + i * bucketMillis;
                long end = i == cut.outcomes().length - 1 ? run.millis() : (i + 1) * bucketMillis;
                buckets.add(new Report.Bucket(
                        run.number(),
                        elapsed,
                        Math.max(1, end - i * bucketMillis),
                        cut.outcomes()[i],
                        cut.failures()[i]));
                any |= cut.outcomes()[i] > 0;
            }
        }
        return new Report.Throughput(bucketMillis, any ? buckets : List.of());
    }

    /** Running time until then. */
    static long elapsed(Report.Run run, Instant at) {
        long since = at.toEpochMilli() - run.started().toEpochMilli();
        return run.elapsedBefore() + Math.max(0, Math.min(run.millis(), since));
    }
}
