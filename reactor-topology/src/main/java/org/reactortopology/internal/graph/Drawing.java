package org.reactortopology.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.reactortopology.Work;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** Draws a plan. */
public final class Drawing {

    /** A part as it is drawn: its name, what it is, and whether it is a queue. */
    private record Part(String name, String kind, boolean isQueue) {}

    private Drawing() {}

    /** One line per part, the output last. */
    public static String text(TopologyPlan plan) {
        StringBuilder text = new StringBuilder("topology '" + plan.name() + "'\n");
        for (Part part : parts(plan)) {
            text.append(part.isQueue() ? "  | " : "  ").append(part.name());
            text.append("  [").append(part.kind()).append("]\n");
        }
        text.append("  output\n");
        return text.toString();
    }

    /** A DOT digraph, left to right. */
    public static String dot(TopologyPlan plan) {
        StringBuilder dot = new StringBuilder("digraph " + dotQuoted(plan.name()) + " {\n  rankdir=LR;\n");
        List<Part> parts = parts(plan);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            String label = dotQuoted(part.name() + "\n" + part.kind());
            dot.append("  n").append(i).append(" [label=").append(label);
            dot.append(", shape=")
                    .append(part.isQueue() ? "cds" : i == 0 ? "ellipse" : "box")
                    .append("];\n");
        }
        dot.append("  output [shape=plaintext];\n");
        for (int i = 0; i < parts.size(); i++) {
            dot.append("  n").append(i).append(" -> ");
            dot.append(i + 1 < parts.size() ? "n" + (i + 1) : "output").append(";\n");
        }
        return dot.append("}\n").toString();
    }

    /** A Mermaid flow chart, left to right. */
    public static String mermaid(TopologyPlan plan) {
        StringBuilder mermaid = new StringBuilder("flowchart LR\n");
        List<Part> parts = parts(plan);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            String label = "\"" + mermaidEscaped(part.name()) + "<br/>" + mermaidEscaped(part.kind()) + "\"";
            String shape = part.isQueue() ? "[(" + label + ")]" : i == 0 ? "([" + label + "])" : "[" + label + "]";
            mermaid.append("  n").append(i).append(shape).append('\n');
        }
        mermaid.append("  output((output))\n");
        for (int i = 0; i < parts.size(); i++) {
            mermaid.append("  n").append(i).append(" --> ");
            mermaid.append(i + 1 < parts.size() ? "n" + (i + 1) : "output").append('\n');
        }
        return mermaid.toString();
    }

    private static List<Part> parts(TopologyPlan plan) {
        List<Part> parts = new ArrayList<>();
        String sharing = plan.partitioning().name().toLowerCase(Locale.ROOT).replace('_', '-');
        parts.add(new Part(plan.source().name(), "source " + plan.source().describe() + ", " + sharing, false));
        for (Step step : plan.steps()) {
            if (step instanceof Step.WorkStep work) {
                parts.add(new Part(work.name(), kind(work.work()), false));
            } else if (step instanceof Step.QueueStep queue) {
                parts.add(new Part("queue", "at most " + queue.capacity().items() + " items", true));
            }
        }
        return parts;
    }

    private static String kind(Work<?, ?> work) {
        String kind = work.kind().name().toLowerCase(Locale.ROOT);
        return work.concurrency().isPresent() ? kind + ", " + work.concurrency().getAsInt() + " at once" : kind;
    }

    private static String dotQuoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static String mermaidEscaped(String text) {
        return text.replace("&", "&amp;")
                .replace("#", "#35;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\n", "<br/>");
    }
}
