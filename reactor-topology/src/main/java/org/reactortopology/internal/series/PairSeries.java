package org.reactortopology.internal.series;

import org.reactortopology.Pair;
import org.reactortopology.Series;
import org.reactortopology.SeriesException;

/** Pairs of neighbours of another series. */
public record PairSeries<T>(Series<T> elements, Step step) implements Series<Pair<T>> {

    /** How far the first elements of two pairs lie apart. */
    public enum Step {
        /** 0-1, 2-3. */
        DISJOINT,
        /** 0-1, 1-2. */
        SUCCESSIVE
    }

    @Override
    public long size() {
        long count = elements.size();
        if (step == Step.SUCCESSIVE) {
            return Math.max(0, count - 1);
        }
        if (count % 2 != 0) {
            throw new SeriesException(elements.describe() + " has " + count
                    + " elements: pairs() needs an even number; " + "add or remove one (the last is '"
                    + elements.keyAt(count - 1) + "'), or use successive()");
        }
        return count / 2;
    }

    @Override
    public String keyAt(long index) {
        long first = first(index);
        return elements.keyAt(first) + "+" + elements.keyAt(first + 1);
    }

    @Override
    public Pair<T> valueAt(long index) {
        long first = first(index);
        return new Pair<>(elements.valueAt(first), elements.valueAt(first + 1));
    }

    @Override
    public String describe() {
        return elements.describe() + (step == Step.DISJOINT ? ".pairs()" : ".successive()");
    }

    @Override
    public Series<Pair<T>> snapshot() {
        return new PairSeries<>(elements.snapshot(), step);
    }

    private long first(long index) {
        return step == Step.DISJOINT ? 2 * index : index;
    }
}
