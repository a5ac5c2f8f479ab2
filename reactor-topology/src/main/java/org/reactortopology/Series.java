package org.reactortopology;

import java.nio.file.Path;
import java.util.List;
import org.reactortopology.internal.series.FileSeries;
import org.reactortopology.internal.series.PairSeries;
import org.reactortopology.internal.series.RangeSeries;
import org.reactortopology.internal.series.SliceSeries;
import org.reactortopology.internal.series.Splits;

/**
 * A source with random access by index: numbered files, pairs of them, a range.
 *
 * <p>Immutable and lazy: a series of files lists its directory when its size or an element is first asked for. A run takes a
 * {@link #snapshot()} when it starts, so a topology that is run again sees the files that are there then.
 *
 * @param <T> type of an element
 */
public interface Series<T> {

    /** Number of elements. */
    long size();

    /** Key of the element at {@code index}: unique in the series. */
    String keyAt(long index);

    /** The element at {@code index}, from 0 to {@code size() - 1}. */
    T valueAt(long index);

    /** What this is, for {@link Topology#describe()}: must not depend on what it contains at the moment. */
    String describe();

    /**
     * Whether no two indexes can ever have the same key, whatever the series holds, so that a run need not remember the keys that it has seen (about 100
     * bytes for each) in order to refuse a second one. Default: no. Who says so of a series in which a key does come twice gets two outcomes
     * of one key.
     */
    default boolean hasUniqueKeys() {
        return false;
    }

    /** This series with its contents as they are now; by default the same object. */
    default Series<T> snapshot() {
        return this;
    }

    /**
     * The integers {@code start, start + step, …} before {@code stop}; each is its own key.
     *
     * @param step not 0; negative counts down
     */
    static Series<Long> range(long start, long stop, long step) {
        return new RangeSeries(start, stop, step);
    }

    /**
     * The regular files of a directory whose names match the glob, in natural order ({@code img2} before {@code img10}); keys are the file
     * names. Sub-directories are not entered.
     *
     * @param glob as of {@link java.nio.file.FileSystem#getPathMatcher}, matched against the file name
     * @throws SeriesException when first read: if the directory is missing or unreadable. An empty match is an empty series
     */
    static Series<Path> files(Path directory, String glob) {
        return new FileSeries(directory, glob);
    }

    /**
     * Elements 0 and 1, 2 and 3, and so on; a pair's key is {@code first+second}.
     *
     * @return a series whose {@code size()} throws {@link SeriesException} if the number of elements is odd
     */
    default Series<Pair<T>> pairs() {
        return new PairSeries<>(this, PairSeries.Step.DISJOINT);
    }

    /** Elements 0 and 1, 1 and 2, and so on: one pair less than there are elements; a pair's key is {@code first+second}. */
    default Series<Pair<T>> successive() {
        return new PairSeries<>(this, PairSeries.Step.SUCCESSIVE);
    }

    /**
     * The elements at the indexes {@code start, start + step, …} before {@code stop}; a {@code stop} beyond the end means the end.
     *
     * @throws IllegalArgumentException if {@code start} or {@code stop} is negative or {@code step} below 1
     */
    default Series<T> slice(long start, long stop, long step) {
        return new SliceSeries<>(this, start, stop, step);
    }

    /**
     * Splits into {@code min(parts, size())} runs of neighbours whose lengths differ by at most one, the longer ones first; put together
     * they are this series.
     *
     * @throws IllegalArgumentException if {@code parts} is below 1
     */
    default List<Series<T>> split(int parts) {
        return Splits.nearEqual(size(), parts).stream()
                .map(range -> slice(range.start(), range.stop(), 1))
                .toList();
    }
}
