package org.reactortopology.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {

    private static final double CLOSE = 1e-9;

    @Test
    void findsTheLineThatPointsLieOn() {
        List<Line.At> points = List.of(new Line.At(16, 3.16), new Line.At(1024, 13.24), new Line.At(65536, 658.36));

        Line line = Line.through(points);

        assertThat(line.constant()).isCloseTo(3, within(CLOSE));
        assertThat(line.slope()).isCloseTo(0.01, within(CLOSE));
        assertThat(line.worst(points)).isCloseTo(0, within(CLOSE));
    }

    /** Squares of absolute errors would let the last point alone decide. */
    @Test
    void smallValuesCountAsMuchAsLargeOnes() {
        Line line = Line.through(List.of(
                new Line.At(1, 2),
                new Line.At(10, 2),
                new Line.At(100, 2),
                new Line.At(1000, 2),
                new Line.At(100_000, 1e3)));

        assertThat(line.at(1)).isCloseTo(2, within(0.5));
    }

    @Test
    void neitherPartIsBelowZero() {
        assertThat(Line.through(List.of(new Line.At(1, 2), new Line.At(2, 1), new Line.At(3, 1)))
                        .slope())
                .isZero();
        assertThat(Line.through(List.of(new Line.At(1, 1), new Line.At(2, 3), new Line.At(4, 9)))
                        .constant())
                .isZero();
    }

    @Test
    void tellsTheLargestRelativeError() {
        assertThat(new Line(1, 1).worst(List.of(new Line.At(1, 2), new Line.At(1, 4))))
                .isEqualTo(0.5);
    }
}
