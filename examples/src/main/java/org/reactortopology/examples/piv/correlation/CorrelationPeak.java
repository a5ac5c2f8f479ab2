package org.reactortopology.examples.piv.correlation;

/**
 * Finds the highest peak of a correlation plane to a fraction of a pixel, by a Gaussian through three points along each
 * axis (C. E. Willert and M. Gharib, Exp. Fluids 10 (1991) 181), and the ratio of its height to that of the second
 * highest value outside the 5 x 5 points around it. For the fit, values are divided by the share of the window that
 * overlaps at their shift, which takes away the bias towards small displacements (J. Westerweel, Meas. Sci. Technol. 8
 * (1997) 1379); for the search they are not, as that would lift the noise far from zero. Holds the result of the last
 * call: one thread at a time.
 */
final class CorrelationPeak {

    /** Largest ratio given, so that a plane with no second peak stays finite. */
    static final float MOST_SIGNAL_TO_NOISE = 100;

    /** Points on each side of the peak that belong to it. */
    private static final int PEAK_REACH = 2;

    private final int window;
    private final int radius;
    private final int side;
    private float shiftX;
    private float shiftY;
    private float signalToNoise;

    /**
     * Prepares for planes of one size.
     *
     * @param window side of the correlated windows in px
     * @param radius largest shift in the planes in px, below the window
     */
    CorrelationPeak(int window, int radius) {
        this.window = window;
        this.radius = radius;
        this.side = 2 * radius + 1;
    }

    /**
     * Searches a plane. A peak at the largest shift has no neighbours to fit and is not measured.
     *
     * @param plane correlation of shape [(2*radius+1)^2], row-major, zero shift in the middle
     * @return whether a peak was measured
     */
    boolean find(float[] plane) {
        int best = indexOfHighest(plane);
        int column = best % side;
        int row = best / side;
        shiftX = 0;
        shiftY = 0;
        signalToNoise = 0;
        if (!(plane[best] > 0) || column == 0 || row == 0 || column == side - 1 || row == side - 1) {
            return false;
        }
        shiftX = axisShift(column - radius, plane[best - 1], plane[best], plane[best + 1]);
        shiftY = axisShift(row - radius, plane[best - side], plane[best], plane[best + side]);
        signalToNoise = ratio(plane[best], highestOutside(plane, column, row));
        return true;
    }

    private static int indexOfHighest(float[] plane) {
        int best = 0;
        float highest = plane[0];
        for (int i = 1; i < plane.length; i++) {
            if (plane[i] > highest) {
                highest = plane[i];
                best = i;
            }
        }
        return best;
    }

    /** Shift to the right in px of the last peak found. */
    float shiftX() {
        return shiftX;
    }

    /** Shift downwards in px of the last peak found. */
    float shiftY() {
        return shiftY;
    }

    /** Highest over second highest peak, at least 1, at most {@link #MOST_SIGNAL_TO_NOISE}; 0 if none was found. */
    float signalToNoise() {
        return signalToNoise;
    }

    private float axisShift(int shift, float before, float middle, float after) {
        return shift + vertex(before / overlap(shift - 1), middle / overlap(shift), after / overlap(shift + 1));
    }

    private float overlap(int shift) {
        return (float) (window - Math.abs(shift)) / window;
    }

    /**
     * Offset of the vertex of the Gaussian through three equidistant points, the middle one the highest; of the parabola
     * where a neighbour is not above zero and has no logarithm.
     */
    static float vertex(float before, float middle, float after) {
        double l = before;
        double m = middle;
        double r = after;
        if (before > 0 && after > 0) {
            l = StrictMath.log(before);
            m = StrictMath.log(middle);
            r = StrictMath.log(after);
        }
        double curvature = l + r - 2 * m;
        return curvature < 0 ? (float) ((l - r) / (2 * curvature)) : 0;
    }

    private float highestOutside(float[] plane, int column, int row) {
        float highest = 0;
        for (int y = 0; y < side; y++) {
            boolean inRows = Math.abs(y - row) <= PEAK_REACH;
            int from = y * side;
            highest = highest(plane, from, from + (inRows ? Math.max(0, column - PEAK_REACH) : side), highest);
            if (inRows) {
                highest = highest(plane, from + Math.min(side, column + PEAK_REACH + 1), from + side, highest);
            }
        }
        return highest;
    }

    /** Compares: {@code Math.max}, which cares for zeros and for what is not a number, takes several times as long. */
    private static float highest(float[] plane, int from, int to, float least) {
        float highest = least;
        for (int i = from; i < to; i++) {
            if (plane[i] > highest) {
                highest = plane[i];
            }
        }
        return highest;
    }

    private static float ratio(float highest, float second) {
        return highest < second * MOST_SIGNAL_TO_NOISE ? highest / second : MOST_SIGNAL_TO_NOISE;
    }
}
