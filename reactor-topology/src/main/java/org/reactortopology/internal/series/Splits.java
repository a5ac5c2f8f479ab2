package org.reactortopology.internal.series;

import java.util.ArrayList;
import java.util.List;

/** Splits a length into near-equal ranges. */
public final class Splits {

    /** The indexes from {@code start} to before {@code stop}. */
    public record Range(long start, long stop) {
        /** Number of indexes. */
        public long length() {
            return stop - start;
        }
    }

    private Splits() {}

    /**
     * Splits {@code [0, length)} into {@code min(parts, length)} ranges, in order, without gap or overlap, whose lengths differ by at most
     * one, the longer ones first.
     */
    public static List<Range> nearEqual(long length, int parts) {
        if (parts < 1) {
            throw new IllegalArgumentException("cannot split into " + parts + " parts: ask for at least 1");
        }
        int count = (int) Math.min(parts, length);
        List<Range> ranges = new ArrayList<>(count);
        long start = 0;
        for (int part = 0; part < count; part++) {
            long stop = start + length / count + (part < length % count ? 1 : 0);
            ranges.add(new Range(start, stop));
            start = stop;
        }
        return ranges;
    }
}
