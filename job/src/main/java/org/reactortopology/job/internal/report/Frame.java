package org.reactortopology.job.internal.report;

/** The area of a chart with its axes; coordinates are of a picture of {@value #WIDTH} by {@value #HEIGHT}, which scales with the page. */
final class Frame {

    static final int WIDTH = 440;
    static final int HEIGHT = 190;
    private static final double LEFT = 62;
    private static final double RIGHT = 430;
    private static final double TOP = 14;
    private static final double BOTTOM = 164;

    private final Axis across;
    private final Axis up;

    Frame(Axis across, Axis up) {
        this.across = across;
        this.up = up;
    }

    double x(double value) {
        return LEFT + (RIGHT - LEFT) * across.place(value);
    }

    double y(double value) {
        return BOTTOM - (BOTTOM - TOP) * up.place(value);
    }

    /** Of counts and times, which a double holds exactly enough for a picture. */
    double x(long value) {
        return x((double) value);
    }

    double y(long value) {
        return y((double) value);
    }

    double top() {
        return TOP;
    }

    double bottom() {
        return BOTTOM;
    }

    /** Begins the picture and draws grid and axes; the caller ends it. */
    void begin(Markup page, String what) {
        page.begin(
                "svg", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "class", "chart", "role", "img", "aria-label", what);
        for (double tick : up.ticks()) {
            page.empty("line", "class", "grid", "x1", LEFT, "x2", RIGHT, "y1", y(tick), "y2", y(tick));
            page.element(
                    "text", up.label(tick), "class", "tick", "x", LEFT - 6, "y", y(tick) + 4, "text-anchor", "end");
        }
        page.empty("line", "class", "axis", "x1", LEFT, "x2", RIGHT, "y1", BOTTOM, "y2", BOTTOM);
        double free = -1;
        for (double tick : across.ticks()) {
            String label = across.label(tick);
            double half = label.length() * 3.2;
            double x = Math.min(x(tick), WIDTH - half);
            if (x - half > free) {
                page.empty("line", "class", "axis", "x1", x(tick), "x2", x(tick), "y1", BOTTOM, "y2", BOTTOM + 4);
                page.element("text", label, "class", "tick", "x", x, "y", BOTTOM + 18, "text-anchor", "middle");
                free = x + half + 4;
            }
        }
        page.line();
    }
}
