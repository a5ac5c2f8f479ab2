package org.reactortopology.examples.piv.image;

/** The same displacement everywhere, in px. */
record UniformFlow(double shiftX, double shiftY) implements Flow {

    @Override
    public double u(double x, double y) {
        return shiftX;
    }

    @Override
    public double v(double x, double y) {
        return shiftY;
    }
}
