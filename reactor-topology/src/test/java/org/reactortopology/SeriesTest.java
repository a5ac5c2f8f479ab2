package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 5, 1, '0 1 2 3 4'",
        "1, 8, 3, '1 4 7'",
        "1, 7, 3, '1 4'",
        "5, 0, -2, '5 3 1'",
        "5, -1, -2, '5 3 1'",
        "-3, 3, 2, '-3 -1 1'",
        "4, 4, 1, ''",
        "4, 4, -1, ''",
        "5, 0, 1, ''",
        "0, 5, -1, ''"
    })
    void aRangeCountsFromStartToBeforeStop(long start, long stop, long step, String expected) {
        Series<Long> range = Series.range(start, stop, step);

        assertThat(joined(range)).isEqualTo(expected);
        assertThat(keys(range))
                .isEqualTo(values(range).stream().map(Object::toString).toList());
    }

    @Test
    void aRangeReachesTheEndsOfLong() {
        long huge = Long.MAX_VALUE;

        assertThat(values(Series.range(Long.MIN_VALUE, Long.MAX_VALUE, huge)))
                .containsExactly(Long.MIN_VALUE, -1L, Long.MAX_VALUE - 1);
        assertThat(values(Series.range(Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE)))
                .containsExactly(Long.MAX_VALUE, -1L);
        assertThat(Series.range(0, Long.MAX_VALUE, 1).size()).isEqualTo(Long.MAX_VALUE);
        assertThat(Series.range(0, Long.MAX_VALUE, 1).valueAt(Long.MAX_VALUE - 1))
                .isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void aRangeOfMoreElementsThanALongCountsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.range(Long.MIN_VALUE, Long.MAX_VALUE, 1))
                .withMessageContaining("range(-9223372036854775808, 9223372036854775807, 1)")
                .withMessageContaining("larger step");
    }

    @Test
    void aRangeWithoutStepIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Series.range(1, 5, 0))
                .withMessage("range(1, 5, 0): the step must not be 0");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, Long.MIN_VALUE, Long.MAX_VALUE})
    void anIndexOutsideIsRefused(long index) {
        Series<Long> range = Series.range(0, 6, 2);

        assertThatThrownBy(() -> range.valueAt(index))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("index " + index + " of range(0, 6, 2), which has 3 elements");
        assertThatThrownBy(() -> range.slice(0, 3, 1).keyAt(index)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void pairsAreDisjointNeighbours() {
        Series<Pair<Long>> pairs = Series.range(0, 6, 1).pairs();

        assertThat(values(pairs)).containsExactly(new Pair<>(0L, 1L), new Pair<>(2L, 3L), new Pair<>(4L, 5L));
        assertThat(keys(pairs)).containsExactly("0+1", "2+3", "4+5");
        assertThat(pairs.describe()).isEqualTo("range(0, 6, 1).pairs()");
        assertThat(Series.range(0, 0, 1).pairs().size()).isZero();
    }

    @Test
    void pairsOfAnOddNumberAreRefusedWithTheFix() {
        Series<Pair<Long>> pairs = Series.range(0, 5, 1).pairs();

        assertThatThrownBy(pairs::size)
                .isInstanceOf(SeriesException.class)
                .hasMessage("range(0, 5, 1) has 5 elements: pairs() needs an even number; add or remove one "
                        + "(the last is '4'), or use successive()");
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "1, ''", "2, '0+1'", "4, '0+1 1+2 2+3'"})
    void successivePairsOverlap(long count, String expected) {
        Series<Pair<Long>> pairs = Series.range(0, count, 1).successive();

        assertThat(String.join(" ", keys(pairs))).isEqualTo(expected);
        assertThat(values(pairs))
                .isEqualTo(LongStream.range(0, Math.max(0, count - 1))
                        .mapToObj(i -> new Pair<>(i, i + 1))
                        .toList());
        assertThat(pairs.describe()).isEqualTo("range(0, " + count + ", 1).successive()");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 1, '0 1 2 3 4 5 6 7 8 9'",
        "2, 5, 1, '2 3 4'",
        "0, 10, 3, '0 3 6 9'",
        "1, 9, 4, '1 5'",
        "8, 1000, 1, '8 9'",
        "5, 5, 1, ''",
        "6, 5, 1, ''",
        "50, 60, 1, ''",
        "0, 9223372036854775807, 9223372036854775807, '0'"
    })
    void aSliceTakesEveryStepThElement(long start, long stop, long step, String expected) {
        assertThat(joined(Series.range(0, 10, 1).slice(start, stop, step))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"-1, 5, 1", "0, -1, 1", "0, 5, 0", "0, 5, -1"})
    void aSliceOfNegativeBoundsIsRefused(long start, long stop, long step) {
        Series<Long> range = Series.range(0, 10, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> range.slice(start, stop, step))
                .withMessage("slice(" + start + ", " + stop + ", " + step
                        + "): start and stop must not be negative and the step must be at least 1");
    }

    @Test
    void aSliceSaysSo() {
        assertThat(Series.range(0, 10, 1).slice(2, 5, 1).describe()).isEqualTo("range(0, 10, 1).slice(2, 5, 1)");
        assertThat(Series.range(0, 10, 1).slice(2, Long.MAX_VALUE, 1).describe())
                .isEqualTo("range(0, 10, 1).slice(2, end, 1)");
    }

    @ParameterizedTest
    @CsvSource({"1, 55, 2, 9", "0, 10, 1, 3", "0, 10, 1, 1", "0, 3, 1, 10", "0, 0, 1, 4", "20, 0, -1, 6"})
    void aSplitCoversTheSeriesInOrderWithNearEqualParts(long start, long stop, long step, int parts) {
        Series<Long> series = Series.range(start, stop, step);

        List<Series<Long>> split = series.split(parts);

        assertThat(split).hasSize((int) Math.min(parts, series.size()));
        assertThat(split.stream().flatMap(part -> values(part).stream())).isEqualTo(values(series));
        assertThat(split.stream().flatMap(part -> keys(part).stream())).isEqualTo(keys(series));
        List<Long> sizes = split.stream().map(Series::size).toList();
        assertThat(sizes).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        if (!sizes.isEmpty()) {
            assertThat(sizes.get(0) - sizes.get(sizes.size() - 1)).isBetween(0L, 1L);
        }
    }

    @Test
    void aSplitPutsTheLongerPartsFirst() {
        assertThat(Series.range(0, 10, 1).split(3))
                .map(SeriesTest::joined)
                .containsExactly("0 1 2 3", "4 5 6", "7 8 9");
        assertThat(Series.range(1, 55, 2).split(9))
                .map(SeriesTest::joined)
                .hasSize(9)
                .startsWith("1 3 5", "7 9 11")
                .endsWith("49 51 53");
    }

    private static <T> List<T> values(Series<T> series) {
        return LongStream.range(0, series.size()).mapToObj(series::valueAt).toList();
    }

    private static List<String> keys(Series<?> series) {
        return LongStream.range(0, series.size()).mapToObj(series::keyAt).toList();
    }

    private static String joined(Series<?> series) {
        return String.join(" ", values(series).stream().map(Object::toString).toList());
    }
}
