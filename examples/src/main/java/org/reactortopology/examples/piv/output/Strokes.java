package org.reactortopology.examples.piv.output;

/** The shape of at most three lines of one width with round ends; a line of no length is a dot. All in px. */
final class Strokes {

    private static final int MOST = 3;
    private static final int NUMBERS = 4;

    private final float radius;
    private final float[] lines = new float[MOST * NUMBERS];
    private int count;
    private double minX = Double.POSITIVE_INFINITY;
    private double maxX = Double.NEGATIVE_INFINITY;
    private double minY = Double.POSITIVE_INFINITY;
    private double maxY = Double.NEGATIVE_INFINITY;

    /** Of half that width. */
    Strokes(double radius) {
        this.radius = (float) radius;
    }

    /** The same with one line more. */
    Strokes add(double fromX, double fromY, double toX, double toY) {
        int at = NUMBERS * count++;
        lines[at] = (float) fromX;
        lines[at + 1] = (float) fromY;
        lines[at + 2] = (float) (toX - fromX);
        lines[at + 3] = (float) (toY - fromY);
        minX = Math.min(minX, Math.min(fromX, toX) - radius);
        maxX = Math.max(maxX, Math.max(fromX, toX) + radius);
        minY = Math.min(minY, Math.min(fromY, toY) - radius);
        maxY = Math.max(maxY, Math.max(fromY, toY) + radius);
        return this;
    }

    double minX() {
        return minX;
    }

    double maxX() {
        return maxX;
    }

    double minY() {
        return minY;
    }

    double maxY() {
        return maxY;
    }

    /** Distance of a point from the outline, below zero inside. */
    float distance(float px, float py) {
        float least = Float.POSITIVE_INFINITY;
        for (int at = 0; at < NUMBERS * count; at += NUMBERS) {
            float x = px - lines[at];
            float y = py - lines[at + 1];
            float dx = lines[at + 2];
            float dy = lines[at + 3];
            float square = dx * dx + dy * dy;
            float share = square > 0 ? Math.max(0, Math.min(1, (x * dx + y * dy) / square)) : 0;
            float offX = x - share * dx;
            float offY = y - share * dy;
            least = Math.min(least, offX * offX + offY * offY);
        }
        return (float) Math.sqrt(least) - radius;
    }
}
