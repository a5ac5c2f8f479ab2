package org.reactortopology.job.internal.report;

import java.util.List;

/** Draws how the durations of a work are spread, on a logarithmic scale, with its median and the time that 95 % stay below. */
final class SpreadChart {

    private SpreadChart() {}

    static void draw(Markup page, Report.Work work) {
        List<Report.Bar> bars = work.histogram();
        double most = bars.stream().mapToLong(Report.Bar::items).max().orElse(0);
        Axis across = Axis.durations(
                bars.get(0).fromMicros(), bars.get(bars.size() - 1).toMicros());
        Frame frame = new Frame(across, Axis.upTo(most, true, value -> Units.count(Math.round(value))));
        frame.begin(page, "durations of " + work.name());
        for (Report.Bar bar : bars) {
            if (bar.items() > 0) {
                bar(page, frame, bar);
            }
        }
        mark(page, frame, "median", work.medianMicros(), -3, "end");
        mark(page, frame, "95 %", work.p95Micros(), 3, "start");
        page.end().line();
    }

    private static void bar(Markup page, Frame frame, Report.Bar bar) {
        double left = frame.x(bar.fromMicros());
        double width = Math.max(1.5, frame.x(bar.toMicros()) - left - 0.7);
        double height = Math.max(0.8, frame.bottom() - frame.y(bar.items()));
        page.begin("rect", "class", "bar", "x", left, "y", frame.bottom() - height, "width", width, "height", height);
        page.element(
                        "title",
                        Units.micros(bar.fromMicros()) + " to " + Units.micros(bar.toMicros()) + ": "
                                + Units.count(bar.items(), "item"))
                .end();
    }

    /** The label stands on the side of the line where the picture has room. */
    private static void mark(Markup page, Frame frame, String name, long micros, double aside, String anchor) {
        double x = frame.x(micros);
        boolean turn = anchor.equals("end") ? x < 110 : x > Frame.WIDTH - 50;
        page.empty("line", "class", "mark", "x1", x, "x2", x, "y1", frame.top() - 8, "y2", frame.bottom());
        page.element(
                "text",
                name,
                "class",
                "tick",
                "x",
                x + (turn ? -aside : aside),
                "y",
                frame.top() - (turn && !anchor.equals("end") ? -8 : 2),
                "text-anchor",
                turn ? (anchor.equals("end") ? "start" : "end") : anchor);
    }
}
