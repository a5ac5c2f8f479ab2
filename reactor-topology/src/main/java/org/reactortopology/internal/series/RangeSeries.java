package org.reactortopology.internal.series;

import org.reactortopology.Series;

/** The integers {@code start, start + step, …} before {@code stop}. */
public record RangeSeries(long start, long stop, long step) implements Series<Long> {

    /** Checks the step. */
    public RangeSeries {
        if (step == 0) {
            throw new IllegalArgumentException("range(" + start + ", " + stop + ", 0): the step must not be 0");
        }
    }

    @Override
    public long size() {
        if (step > 0) {
            return stop <= start ? 0 : ceilingQuotient(Math.subtractExact(stop, start), step);
        }
        return start <= stop ? 0 : ceilingQuotient(Math.subtractExact(start, stop), Math.negateExact(step));
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

    private static long ceilingQuotient(long length, long stride) {
        return (length - 1) / stride + 1;
    }
}
