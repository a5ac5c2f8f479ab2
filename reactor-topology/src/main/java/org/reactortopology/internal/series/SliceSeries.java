package org.reactortopology.internal.series;

import org.reactortopology.Series;

/** Every {@code step}-th element of another series from {@code start} to before {@code stop}. */
public record SliceSeries<T>(Series<T> elements, long start, long stop, long step) implements Series<T> {

    /** Checks the bounds. */
    public SliceSeries {
        if (start < 0 || stop < 0 || step < 1) {
            throw new IllegalArgumentException("slice(" + start + ", " + stop + ", " + step
                    + "): start and stop must not be negative and the step must be at least 1");
        }
    }

    @Override
    public long size() {
        long end = Math.min(stop, elements.size());
        return end <= start ? 0 : (end - start - 1) / step + 1;
    }

    @Override
    public String keyAt(long index) {
        return elements.keyAt(at(index));
    }

    @Override
    public T valueAt(long index) {
        return elements.valueAt(at(index));
    }

    @Override
    public String describe() {
        return elements.describe() + ".slice(" + start + ", " + (stop == Long.MAX_VALUE ? "end" : stop) + ", " + step
                + ")";
    }

    @Override
    public boolean hasUniqueKeys() {
        return elements.hasUniqueKeys();
    }

    @Override
    public Series<T> snapshot() {
        return new SliceSeries<>(elements.snapshot(), start, stop, step);
    }

    private long at(long index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(
                    "index " + index + " of " + describe() + ", which has " + size() + " elements");
        }
        return start + index * step;
    }
}
