package org.reactortopology.job.internal.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Draws what was so over the running time of all runs; where a run begins there is a line. */
final class TimeChart {

    /** More runs than these are not told apart. */
    private static final int RUNS_MARKED = 12;

    private final Markup page;
    private final List<Report.Run> runs;
    private final Axis time;

    TimeChart(Markup page, List<Report.Run> runs) {
        this.page = page;
        this.runs = runs;
        this.time = Axis.time(runs.stream().mapToLong(Report.Run::millis).sum());
    }

    /** One curve. */
    record Curve(String name, String look, ToDoubleFunction<Report.Moment> value) {}

    /** Bars of outcomes for each bucket, the failures below. */
    void throughput(Report.Throughput throughput, Rate rate) {
        double most = throughput.buckets().stream()
                .mapToDouble(bucket -> rate.of(bucket.outcomes(), bucket.millis()))
                .max()
                .orElse(0);
        Frame frame = new Frame(time, Axis.upTo(most, false, Units::digits));
        frame.begin(page, "outcomes per " + rate.unit() + " over running time");
        for (Report.Bucket bucket : throughput.buckets()) {
            if (bucket.outcomes() > 0) {
                bars(frame, bucket, rate);
            }
        }
        marks(frame);
        page.end().line();
    }

    private void bars(Frame frame, Report.Bucket bucket, Rate rate) {
        double left = frame.x(bucket.elapsedMillis());
        double width = Math.max(1, frame.x(bucket.elapsedMillis() + bucket.millis()) - left - 0.7);
        double all = rate.of(bucket.outcomes(), bucket.millis());
        double failed = rate.of(bucket.failures(), bucket.millis());
        page.begin("g");
        page.element(
                "title",
                "from " + Units.millis(bucket.elapsedMillis()) + " on: " + Units.digits(all) + " per " + rate.unit()
                        + ", " + Units.count(bucket.failures()) + " of " + Units.count(bucket.outcomes()) + " failed");
        bar(frame, "bar", left, width, failed, all);
        if (bucket.failures() > 0) {
            bar(frame, "bad", left, width, 0, failed);
        }
        page.end();
    }

    private void bar(Frame frame, String look, double left, double width, double from, double to) {
        double height = Math.max(0.8, frame.y(from) - frame.y(to));
        page.empty("rect", "class", look, "x", left, "y", frame.y(to), "width", width, "height", height);
    }

    /** Curves of samples, broken between runs. */
    void curves(String what, List<Report.Moment> moments, List<Curve> curves, Function<Double, Axis> scale) {
        double most = moments.stream()
                .mapToDouble(moment -> curves.stream()
                        .mapToDouble(curve -> curve.value().applyAsDouble(moment))
                        .max()
                        .orElse(0))
                .max()
                .orElse(0);
        Frame frame = new Frame(time, scale.apply(most));
        frame.begin(page, what);
        for (Curve curve : curves) {
            for (Report.Run run : runs) {
                curve(
                        frame,
                        curve,
                        moments.stream()
                                .filter(moment -> moment.run() == run.number())
                                .toList());
            }
        }
        marks(frame);
        page.end().line();
    }

    private void curve(Frame frame, Curve curve, List<Report.Moment> moments) {
        if (moments.size() == 1) {
            page.empty(
                    "circle",
                    "class",
                    "dot " + curve.look(),
                    "r",
                    3,
                    "cx",
                    frame.x(moments.get(0).elapsedMillis()),
                    "cy",
                    frame.y(curve.value().applyAsDouble(moments.get(0))));
        } else if (!moments.isEmpty()) {
            String points = moments.stream()
                    .map(moment -> String.format(
                            Locale.ROOT,
                            "%.1f,%.1f",
                            frame.x(moment.elapsedMillis()),
                            frame.y(curve.value().applyAsDouble(moment))))
                    .collect(Collectors.joining(" "));
            page.begin("polyline", "class", "curve " + curve.look(), "points", points);
            page.element("title", curve.name()).end();
        }
    }

    private void marks(Frame frame) {
        List<Report.Run> marked = new ArrayList<>(runs.size() > 1 && runs.size() <= RUNS_MARKED ? runs : List.of());
        double free = -1;
        for (Report.Run run : marked) {
            double x = frame.x(run.elapsedBefore());
            page.empty("line", "class", "mark", "x1", x, "x2", x, "y1", frame.top() - 8, "y2", frame.bottom());
            if (x > free && x < Frame.WIDTH - 40) {
                page.element("text", "run " + run.number(), "class", "tick", "x", x + 3, "y", frame.top() - 3);
                free = x + 40;
            }
        }
    }
}
