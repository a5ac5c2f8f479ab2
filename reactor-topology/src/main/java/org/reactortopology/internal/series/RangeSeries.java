package org.reactortopology.internal.series;

import org.reactortopology.Series;

/** The integers {@code start, start + step, …} before {@code stop}. */
public record RangeSeries(long start, long stop, long step) implements Series<Long> {

    /** Checks the step, and that the elements can be counted. */
    public RangeSeries {
        if (step == 0) {
            throw new IllegalArgumentException("range(" + start + ", " + stop + ", 0): the step must not be 0");
        }
        if (count(start, stop, step) < 0) {
            throw new IllegalArgumentException("range(" + start + ", " + stop + ", " + step + ") has more than "
                    + Long.MAX_VALUE + " elements: use a larger step or a shorter range");
        }
    }

    @Override
    public long size() {
        return count(start, stop, step);
    }

    @Override
    public String keyAt(long index) {
        return Long.toString(valueAt(index));
    }

    @Override
    public Long valueAt(long index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(
                    "index " + index + " of " + describe() + ", which has " + size() + " elements");
        }
        return start + index * step;
    }

    @Override
    public String describe() {
        return "range(" + start + ", " + stop + ", " + step + ")";
    }

    /** Negative if there are more than a long can count; distances are unsigned, as they may be. */
    private static long count(long start, long stop, long step) {
        if (step > 0 ? stop <= start : start <= stop) {
            return 0;
        }
        long distance = step > 0 ? stop - start : start - stop;
        if (step == 1 || step == -1) {
            return distance; // most are, and a division for each element would be felt
        }
        return Long.divideUnsigned(distance - 1, step > 0 ? step : -step) + 1;
    }
}
