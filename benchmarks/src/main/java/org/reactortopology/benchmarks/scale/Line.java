package org.reactortopology.benchmarks.scale;

import java.util.List;

/**
 * A straight line through points.
 *
 * @param constant at x = 0
 * @param slope what each unit of x adds
 */
record Line(double constant, double slope) {

    /** A point: {@code y} is above zero. */
    record At(double x, double y) {}

    /**
     * The line whose relative errors, squared, have the smallest sum, so that small values count as much as large ones. Neither part is below zero: what
     * would be is taken as zero and the other fitted alone.
     */
    static Line through(List<At> points) {
        double one = 0;
        double x = 0;
        double xx = 0;
        double y = 0;
        double xy = 0;
        for (At at : points) {
            double weight = 1 / (at.y() * at.y());
            one += weight;
            x += weight * at.x();
            xx += weight * at.x() * at.x();
            y += weight * at.y();
            xy += weight * at.x() * at.y();
        }
        double slope = (one * xy - x * y) / (one * xx - x * x);
        if (slope < 0) {
            return new Line(y / one, 0);
        }
        double constant = (y - slope * x) / one;
        return constant < 0 ? new Line(0, xy / xx) : new Line(constant, slope);
    }

    /** Its value there. */
    double at(double x) {
        return constant + slope * x;
    }

    /** The largest relative error among the points. */
    double worst(List<At> points) {
        return points.stream()
                .mapToDouble(point -> Math.abs(at(point.x()) / point.y() - 1))
                .max()
                .orElse(0);
    }
}
