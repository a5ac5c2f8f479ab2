package org.reactortopology.internal.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.internal.series.Splits.Range;

class SplitsTest {

    @Test
    void everyShortLengthIsCoveredInOrderByNearEqualRanges() {
        for (long length = 0; length <= 130; length++) {
            for (int parts = 1; parts <= 70; parts++) {
                assertNearEqual(length, parts);
            }
        }
    }

    @Test
    void anyLengthIsCoveredInOrderByNearEqualRanges() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            long length = random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63);
            int parts = 1 + random.nextInt(1 << random.nextInt(1, 11));
            try {
                assertNearEqual(length, parts);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertNearEqual(Long.MAX_VALUE, 1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void lessThanOnePartIsRefused(int parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Splits.nearEqual(10, parts))
                .withMessage("cannot split into " + parts + " parts: ask for at least 1");
    }

    private static void assertNearEqual(long length, int parts) {
        List<Range> ranges = Splits.nearEqual(length, parts);

        assertThat(ranges).as("%d in %d", length, parts).hasSize((int) Math.min(parts, length));
        long next = 0;
        for (Range range : ranges) {
            assertThat(range.start()).as("%d in %d", length, parts).isEqualTo(next);
            assertThat(range.length())
                    .as("%d in %d", length, parts)
                    .isPositive()
                    .isBetween(length / ranges.size(), length / ranges.size() + 1);
            next = range.stop();
        }
        assertThat(next).as("%d in %d", length, parts).isEqualTo(length);
        assertThat(ranges).isSortedAccordingTo((a, b) -> Long.compare(b.length(), a.length()));
    }
}
