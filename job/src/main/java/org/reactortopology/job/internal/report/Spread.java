package org.reactortopology.job.internal.report;

import java.util.ArrayList;
import java.util.List;

/** Durations in a logarithmic histogram of 16 buckets to the octave: 8 KiB however many there are, quantiles within 3 %. Not thread-safe. */
final class Spread {

    private static final int SUB_BITS = 4;
    private static final int SUBS = 1 << SUB_BITS;

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
                long middle = (from(i) + from(i + 1) - 1) / 2;
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
        for (int bar = first / width; bar <= last / width; bar++) {
            long items = 0;
            for (int i = bar * width; i < (bar + 1) * width; i++) {
                items += buckets[i];
            }
            if (from((bar + 1) * width) > from(bar * width)) {
                bars.add(new Report.Bar(from(bar * width), from((bar + 1) * width), items));
            }
        }
        return bars;
    }

    /** Values below 16 have a bucket each; above, the first five binary digits tell it. */
    private static int bucket(long value) {
        if (value < SUBS) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return (shift + 1) * SUBS + (int) (value >>> shift) - SUBS;
    }

    private static long from(int bucket) {
        if (bucket < SUBS) {
            return bucket;
        }
        int shift = bucket / SUBS - 1;
        return shift > 58 ? Long.MAX_VALUE : (long) (SUBS + bucket % SUBS) << shift;
    }
}
