package org.reactortopology.job.internal.report;

import java.util.ArrayList;
import java.util.List;

/** Durations in a logarithmic histogram of 16 buckets to the octave: 8 KiB however many there are, quantiles within 3 %. Not thread-safe. */
final class Spread {

    /** Buckets to the octave. */
    private static final int SUBS = 16;

    /** Most bars that are drawn. */
    private static final int MOST_BARS = 40;

    private final long[] buckets = new long[64 * SUBS];
    private long count;
    private long total;
    private long min = Long.MAX_VALUE;
    private long max;

    void add(long micros) {
        long value = Math.max(0, micros);
        buckets[bucket(value)]++;
        count++;
        total += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    long count() {
        return count;
    }

    long total() {
        return total;
    }

    long min() {
        return count == 0 ? 0 : min;
    }

    long max() {
        return max;
    }

    /** The value that the given share of all does not exceed. */
    long quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen >= rank) {
                long middle = Math.round(Math.sqrt(from(i) * from(i + 1)));
                return Math.max(min(), Math.min(max, middle));
            }
        }
        return 0;
    }

    /** Neighbouring bars from the smallest to the largest value, empty ones between them included. */
    List<Report.Bar> bars() {
        List<Report.Bar> bars = new ArrayList<>();
        if (count == 0) {
            return bars;
        }
        int first = bucket(min);
        int last = bucket(max);
        int width = SUBS / 4;
        while (last / width - first / width >= MOST_BARS) {
            width *= 2;
        }
        long items = 0;
        long from = Math.round(from(first / width * width));
        for (int bar = first / width; bar <= last / width; bar++) {
            for (int i = bar * width; i < Math.min(buckets.length, (bar + 1) * width); i++) {
                items += buckets[i];
            }
            long to = Math.round(from((bar + 1) * width));
            if (to > from) { // a microsecond may be wider than a bar
                bars.add(new Report.Bar(from, to, items));
                from = to;
                items = 0;
            }
        }
        return bars;
    }

    /** Of equal factors, so that equal shares look equal; no more than a microsecond is one microsecond. */
    private static int bucket(long value) {
        return value <= 1 ? 0 : (int) (Math.log((double) value) / Math.log(2) * SUBS + 1e-9);
    }

    private static double from(int bucket) {
        return Math.pow(2, (double) bucket / SUBS);
    }
}
