package org.reactortopology.job.internal.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws a flow with what each work did, from left to right or from top to bottom. */
final class FlowChart {

    private static final double WIDTH = 182;
    private static final double OUTPUT_WIDTH = 90;
    private static final double HEIGHT = 84;
    private static final double GAP = 20;
    private static final double ARROW = 46;
    private static final int MARGIN = 8;

    private final Markup page;
    private final Flow flow;
    private final Layers layers;
    private final Map<String, Report.Work> works;
    private final boolean down;

    FlowChart(Markup page, Flow flow, Map<String, Report.Work> works, boolean down) {
        this.page = page;
        this.flow = flow;
        this.layers = new Layers(flow);
        this.works = works;
        this.down = down;
    }

    void draw() {
        double along = layers.count() * (length() + ARROW) - ARROW - (down ? 0 : WIDTH - OUTPUT_WIDTH);
        double aside = layers.rows() * (breadth() + GAP) - GAP;
        long width = Math.round(down ? aside : along) + 2 * MARGIN;
        long height = Math.round(down ? along : aside) + 2 * MARGIN;
        page.begin(
                "svg",
                "viewBox",
                "0 0 " + width + " " + height,
                "width",
                width,
                "height",
                height,
                "class",
                down ? "flow tall" : "flow wide",
                "role",
                "img",
                "aria-label",
                "graph of the topology");
        for (int i = 0; i < flow.edges().size(); i++) {
            arrow(flow.edges().get(i), layers.way(flow, i));
        }
        for (int i = 0; i < flow.nodes().size(); i++) {
            Layers.Cell cell = layers.cells().get(i);
            if (cell != null) {
                node(flow.nodes().get(i), cell);
            }
        }
        page.end().line();
    }

    private double length() {
        return down ? HEIGHT : WIDTH;
    }

    private double breadth() {
        return down ? WIDTH : HEIGHT;
    }

    /** Where a cell begins in the direction of the flow. */
    private double along(Layers.Cell cell) {
        return MARGIN + cell.layer() * (length() + ARROW);
    }

    /** Where its middle is across the flow; layers are centred. */
    private double aside(Layers.Cell cell) {
        double missing = layers.rows() - layers.rows(cell);
        return MARGIN + (cell.row() + missing / 2) * (breadth() + GAP) + breadth() / 2;
    }

    private void arrow(Flow.Edge edge, List<Layers.Cell> way) {
        StringBuilder path = new StringBuilder();
        for (int i = 1; i < way.size(); i++) {
            Layers.Cell from = way.get(i - 1);
            Layers.Cell to = way.get(i);
            double begin = along(from) + length();
            double end = along(to) - (to.node() < 0 ? 0 : 7);
            double middle = (begin + end) / 2;
            path.append(i == 1 ? "M" + point(begin, aside(from)) : "");
            path.append("C")
                    .append(point(middle, aside(from)))
                    .append(' ')
                    .append(point(middle, aside(to)))
                    .append(' ');
            path.append(point(end, aside(to)));
            path.append(to.node() < 0 ? "L" + point(along(to) + length(), aside(to)) : "");
        }
        page.empty("path", "class", "arrow", "d", path);
        if (!way.isEmpty()) {
            head(way.get(way.size() - 1));
            label(edge, way);
        }
    }

    private void head(Layers.Cell to) {
        double tip = along(to) - 1;
        double side = aside(to);
        page.empty(
                "path",
                "class",
                "head",
                "d",
                "M" + point(tip - 8, side - 4) + "L" + point(tip, side) + "L" + point(tip - 8, side + 4) + "Z");
    }

    private void label(Flow.Edge edge, List<Layers.Cell> way) {
        if (!edge.label().isEmpty() && way.size() > 1) {
            double middle = along(way.get(0)) + length() + ARROW / 2;
            double side = (aside(way.get(0)) + aside(way.get(1))) / 2;
            double x = down ? side + 4 : middle;
            double y = down ? middle + 4 : side - 5;
            page.element(
                    "text",
                    Units.shortened(edge.label(), 14),
                    "class",
                    "tick",
                    "x",
                    x,
                    "y",
                    y,
                    "text-anchor",
                    down ? "start" : "middle");
        }
    }

    private String point(double along, double aside) {
        return String.format(Locale.ROOT, "%.1f,%.1f", down ? aside : along, down ? along : aside);
    }

    private void node(Flow.Node node, Layers.Cell cell) {
        double width = node.look() == Flow.Look.OUTPUT ? OUTPUT_WIDTH : WIDTH;
        double x = down ? aside(cell) - width / 2 : along(cell);
        double y = down ? along(cell) : aside(cell) - HEIGHT / 2;
        double round = switch (node.look()) {
            case SOURCE, OUTPUT -> HEIGHT / 2;
            case QUEUE -> 14;
            case WORK -> 4;
        };
        page.begin("g", "class", "part " + Units.words(node.look().name()));
        page.element("title", node.name() + ": " + node.kind());
        page.empty("rect", "x", x, "y", y, "width", width, "height", HEIGHT, "rx", round);
        double middle = x + width / 2;
        Report.Work work = node.look() == Flow.Look.WORK ? works.get(node.name()) : null;
        double first = work == null ? y + (node.kind().isEmpty() ? 47 : 39) : y + 21;
        text("name", middle, first, Units.shortened(node.name(), 23));
        text("kind", middle, first + 16, Units.shortened(node.kind(), node.look() == Flow.Look.SOURCE ? 27 : 30));
        if (work != null) {
            long times = work.calls().orElse(work.items());
            String what = work.calls().isPresent() ? "call" : "item";
            text(
                    "kind",
                    middle,
                    first + 34,
                    Units.count(times, what)
                            + (work.items() == 0 ? "" : ", median " + Units.micros(work.medianMicros())));
            String failed = work.failures() == 0 ? "none failed" : Units.count(work.failures()) + " failed";
            text(work.failures() == 0 ? "kind" : "failed", middle, first + 51, failed);
        }
        page.end();
    }

    private void text(String look, double x, double y, String text) {
        page.element("text", text.replace('\n', ' '), "class", look, "x", x, "y", y, "text-anchor", "middle");
    }
}
