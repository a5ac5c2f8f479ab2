package org.reactortopology.examples.piv.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CorrelationPeakTest {

    private static final int WINDOW = 32;
    private static final int RADIUS = 12;
    private static final int SIDE = 2 * RADIUS + 1;

    private final CorrelationPeak peak = new CorrelationPeak(WINDOW, RADIUS);
    private final float[] plane = new float[SIDE * SIDE];

    @Test
    void findsAGaussianWithoutBiasTowardsZero() {
        addGaussian(7.3, -4.4, 1);

        assertThat(peak.find(plane)).isTrue();

        assertThat(peak.shiftX()).isCloseTo(7.3f, within(1e-4f));
        assertThat(peak.shiftY()).isCloseTo(-4.4f, within(1e-4f));
    }

    @Test
    void comparesThePeakWithTheSecondHighestOutsideIt() {
        addGaussian(2, 3, 1);
        addGaussian(-6, -6, 0.5);

        assertThat(peak.find(plane)).isTrue();

        float highest = plane[(3 + RADIUS) * SIDE + 2 + RADIUS];
        float second = plane[(-6 + RADIUS) * SIDE - 6 + RADIUS];
        assertThat(peak.signalToNoise()).isCloseTo(highest / second, within(0.01f));
    }

    @Test
    void limitsTheRatioWhereThereIsNoSecondPeak() {
        plane[RADIUS * SIDE + RADIUS] = 1;

        assertThat(peak.find(plane)).isTrue();
        assertThat(peak.signalToNoise()).isEqualTo(CorrelationPeak.MOST_SIGNAL_TO_NOISE);
        assertThat(peak.shiftX()).isZero();
    }

    @Test
    void measuresNoPeakAtTheBorderAndForgetsTheLast() {
        addGaussian(2, 3, 1);
        assertThat(peak.find(plane)).isTrue();
        plane[5 * SIDE] = 9;

        assertThat(peak.find(plane)).isFalse();

        assertThat(peak.shiftX()).isZero();
        assertThat(peak.signalToNoise()).isZero();
    }

    @Test
    void measuresNothingInAPlaneWithoutAPeak() {
        assertThat(peak.find(plane)).isFalse();
    }

    @Test
    void fitsAParabolaWhereANeighbourHasNoLogarithm() {
        assertThat(CorrelationPeak.vertex(-0.2f, 1, 0.4f)).isCloseTo(1f / 6, within(1e-6f));
        assertThat(CorrelationPeak.vertex(1, 1, 1)).isZero();
    }

    /** Adds what two windows give whose particles moved by (x, y): a Gaussian, less by what overlaps no longer. */
    private void addGaussian(double x, double y, double height) {
        for (int i = 0; i < plane.length; i++) {
            int column = i % SIDE - RADIUS;
            int row = i / SIDE - RADIUS;
            double squared = (column - x) * (column - x) + (row - y) * (row - y);
            double overlap = (1 - Math.abs(column) / (double) WINDOW) * (1 - Math.abs(row) / (double) WINDOW);
            plane[i] += (float) (height * overlap * Math.exp(-squared / 1.6));
        }
    }
}
