package org.reactortopology.examples.piv.output;

/** The shape of a filled arrow: a bar and, at its end, a triangle half as wide as it is long. All in px. */
final class Arrow {

    private final float x;
    private final float y;
    private final float ux;
    private final float uy;
    private final float tip;
    private final float neck;
    private final float barMiddle;
    private final float barHalf;
    private final float barReach;

    /** Unit normal of the slopes of the triangle, along and across the arrow: the slope falls by one in two. */
    private static final float ALONG = (float) (1 / Math.sqrt(5));

    private static final float ACROSS = 2 * ALONG;

    /**
     * An arrow around a point.
     *
     * @param ux direction, of length 1 with {@code uy}
     * @param shaft width of the bar, less for a short arrow
     * @param head length of the triangle, less for a short arrow
     */
    Arrow(double x, double y, double ux, double uy, double length, double shaft, double head) {
        double headLength = Math.min(head, 0.8 * length);
        double half = Math.min(shaft / 2, 0.3 * headLength);
        this.x = (float) x;
        this.y = (float) y;
        this.ux = (float) ux;
        this.uy = (float) uy;
        this.tip = (float) (length / 2);
        this.neck = (float) (length / 2 - headLength);
        // into the triangle until it is no wider than the bar, so that no seam shows between them
        double barEnd = length / 2 - 2 * half;
        this.barMiddle = (float) ((barEnd - length / 2) / 2);
        this.barReach = (float) ((barEnd + length / 2) / 2);
        this.barHalf = (float) half;
    }

    double minX() {
        return x - reach(ux, uy);
    }

    double maxX() {
        return x + reach(ux, uy);
    }

    double minY() {
        return y - reach(uy, ux);
    }

    double maxY() {
        return y + reach(uy, ux);
    }

    private double reach(float along, float across) {
        return tip * Math.abs(along) + Math.max(barHalf, (tip - neck) / 2) * Math.abs(across);
    }

    /** Distance of a point from the outline, below zero inside; near a corner less than that. */
    float distance(float px, float py) {
        float along = (px - x) * ux + (py - y) * uy;
        float across = Math.abs((py - y) * ux - (px - x) * uy);
        float bar = Math.max(Math.abs(along - barMiddle) - barReach, across - barHalf);
        float triangle = Math.max(neck - along, (along - tip) * ALONG + across * ACROSS);
        return Math.min(bar, triangle);
    }
}
