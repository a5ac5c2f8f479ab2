package org.reactortopology.examples.piv.image;

import java.util.function.DoubleUnaryOperator;

/**
 * Displacement around a centre.
 *
 * @param centreX px
 * @param centreY px
 * @param angle the angle in radians between the images, as a function of the squared distance from the centre in px^2
 */
record SwirlFlow(double centreX, double centreY, DoubleUnaryOperator angle) implements Flow {

    @Override
    public double u(double x, double y) {
        return -angleAt(x, y) * (y - centreY);
    }

    @Override
    public double v(double x, double y) {
        return angleAt(x, y) * (x - centreX);
    }

    private double angleAt(double x, double y) {
        double dx = x - centreX;
        double dy = y - centreY;
        return angle.applyAsDouble(dx * dx + dy * dy);
    }
}
