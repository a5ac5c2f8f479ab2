package org.reactortopology.examples.piv.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaneTransformTest {

    private static final long SEED = 7;

    @ParameterizedTest
    @CsvSource({"8,1", "8,3", "16,2", "32,4", "64,2", "24,2"})
    void givesTheSumsOfTheDefinition(int side, int planes) {
        float[][] re = random(side, planes, SEED);
        float[][] im = random(side, planes, SEED + 1);
        double[][][] expected = expected(re, im, side, (planes - 1) * side);
        boolean swaps = PlaneTransform.of(side) instanceof RowwiseTransform;

        PlaneTransform.of(side).forward(re, im);

        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int column = (planes - 1) * side + (swaps ? y : x);
                double[] sum = expected[y][x];
                assertThat((double) re[swaps ? x : y][column]).isCloseTo(sum[0], within(side));
                assertThat((double) im[swaps ? x : y][column]).isCloseTo(sum[1], within(side));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8,3", "32,4", "64,2", "24,2"})
    void theInverseGivesBackWhatWasTransformed(int side, int planes) {
        float[][] re = random(side, planes, SEED);
        float[][] im = random(side, planes, SEED + 1);
        PlaneTransform transform = PlaneTransform.of(side);

        transform.forward(re, im);
        transform.forward(im, re);

        assertSame(re, random(side, planes, SEED), side);
        assertSame(im, random(side, planes, SEED + 1), side);
    }

    private static void assertSame(float[][] found, float[][] expected, int side) {
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < expected[y].length; x++) {
                assertThat(found[y][x] / side / side).isCloseTo(expected[y][x], offset(1e-5f));
            }
        }
    }

    private static Offset<Double> within(int side) {
        return offset(1e-5 * side * side);
    }

    private static float[][] random(int side, int planes, long seed) {
        Random random = new Random(seed);
        float[][] rows = new float[side][planes * side];
        for (float[] row : rows) {
            for (int x = 0; x < row.length; x++) {
                row[x] = random.nextFloat() - 0.5f;
            }
        }
        return rows;
    }

    /** Shape [side][side][2]: the sums along rows, then along columns. */
    private static double[][][] expected(float[][] re, float[][] im, int side, int from) {
        double[][][] plane = new double[side][side][2];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                plane[y][x] = new double[] {re[y][from + x], im[y][from + x]};
            }
        }
        return swapped(sums(swapped(sums(plane))));
    }

    private static double[][][] sums(double[][][] plane) {
        int side = plane.length;
        double[][][] sums = new double[side][side][2];
        for (int y = 0; y < side; y++) {
            for (int k = 0; k < side; k++) {
                for (int x = 0; x < side; x++) {
                    double angle = -2 * Math.PI * k * x / side;
                    sums[y][k][0] += plane[y][x][0] * Math.cos(angle) - plane[y][x][1] * Math.sin(angle);
                    sums[y][k][1] += plane[y][x][0] * Math.sin(angle) + plane[y][x][1] * Math.cos(angle);
                }
            }
        }
        return sums;
    }

    private static double[][][] swapped(double[][][] plane) {
        int side = plane.length;
        double[][][] swapped = new double[side][side][];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                swapped[x][y] = plane[y][x];
            }
        }
        return swapped;
    }
}
