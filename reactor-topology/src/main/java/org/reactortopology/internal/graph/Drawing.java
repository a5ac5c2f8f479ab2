package org.reactortopology.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.reactortopology.RetryPolicy;
import org.reactortopology.Work;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** Draws a plan. */
public final class Drawing {

    /** How a part looks. */
    private enum Look {
        SOURCE,
        QUEUE,
        WORK
    }

    /** A part as it is drawn; {@code from} are the places of those it takes from, with what is written on the arrow. */
    private record Part(String name, String kind, Look look, Map<Integer, String> from) {}

    private final TopologyPlan plan;
    private final List<Part> parts = new ArrayList<>();

    /** Place of the part that draws a node; nodes that a user did not write have none of their own. */
    private final Map<Integer, Integer> places = new HashMap<>();

    /** What is written on arrows from a node. */
    private final Map<Integer, String> labels = new HashMap<>();

    private Drawing(TopologyPlan plan) {
        this.plan = plan;
        plan.nodes().forEach(this::add);
    }

    /** One line per part, the output last; a part that does not follow the one above says what it takes from. */
    public static String text(TopologyPlan plan) {
        Drawing drawing = new Drawing(plan);
        StringBuilder text = new StringBuilder("topology '" + plan.name() + "'\n");
        for (int i = 0; i < drawing.parts.size(); i++) {
            Part part = drawing.parts.get(i);
            text.append(part.look() == Look.QUEUE ? "  | " : "  ").append(part.name());
            text.append("  [").append(part.kind()).append(']');
            text.append(drawing.origin(i, part)).append('\n');
        }
        int output = drawing.place(plan.output());
        text.append("  output");
        if (output != drawing.parts.size() - 1) {
            text.append("  <- ").append(drawing.parts.get(output).name());
        }
        return text.append('\n').toString();
    }

    /** A DOT digraph, left to right. */
    public static String dot(TopologyPlan plan) {
        Drawing drawing = new Drawing(plan);
        StringBuilder dot = new StringBuilder("digraph " + dotQuoted(plan.name()) + " {\n  rankdir=LR;\n");
        for (int i = 0; i < drawing.parts.size(); i++) {
            Part part = drawing.parts.get(i);
            String shape = switch (part.look()) {
                case QUEUE -> "cds";
                case SOURCE -> "ellipse";
                case WORK -> "box";
            };
            String label = dotQuoted(part.name() + "\n" + part.kind());
            dot.append("  n").append(i).append(" [label=").append(label);
            dot.append(", shape=").append(shape).append("];\n");
        }
        dot.append("  output [shape=plaintext];\n");
        for (int i = 0; i < drawing.parts.size(); i++) {
            int to = i;
            drawing.parts.get(i).from().forEach((from, label) -> {
                dot.append("  n").append(from).append(" -> n").append(to);
                dot.append(label.isEmpty() ? "" : " [label=" + dotQuoted(label) + "]")
                        .append(";\n");
            });
        }
        dot.append("  n").append(drawing.place(plan.output())).append(" -> output;\n");
        return dot.append("}\n").toString();
    }

    /** A Mermaid flow chart, left to right. */
    public static String mermaid(TopologyPlan plan) {
        Drawing drawing = new Drawing(plan);
        StringBuilder mermaid = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < drawing.parts.size(); i++) {
            Part part = drawing.parts.get(i);
            String label = "\"" + mermaidEscaped(part.name()) + "<br/>" + mermaidEscaped(part.kind()) + "\"";
            String shape = switch (part.look()) {
                case QUEUE -> "[(" + label + ")]";
                case SOURCE -> "([" + label + "])";
                case WORK -> "[" + label + "]";
            };
            mermaid.append("  n").append(i).append(shape).append('\n');
        }
        mermaid.append("  output((output))\n");
        for (int i = 0; i < drawing.parts.size(); i++) {
            int to = i;
            drawing.parts.get(i).from().forEach((from, label) -> {
                String arrow = label.isEmpty() ? " --> " : " -- " + mermaidEscaped(label) + " --> ";
                mermaid.append("  n")
                        .append(from)
                        .append(arrow)
                        .append('n')
                        .append(to)
                        .append('\n');
            });
        }
        mermaid.append("  n").append(drawing.place(plan.output())).append(" --> output\n");
        return mermaid.toString();
    }

    private void add(Node node) {
        Optional<Part> part = part(node);
        if (part.isPresent()) {
            places.put(node.id(), parts.size());
            parts.add(part.get());
        } else {
            places.put(node.id(), place(node.inputs().get(0)));
            if (node.step() instanceof Step.RouteStep route) {
                labels.put(node.id(), route.route().toString());
            }
        }
    }

    /** Empty for a part that stands for nothing that the user wrote: it is drawn with the one before. */
    private Optional<Part> part(Node node) {
        Step step = node.step();
        if (step instanceof Step.SourceStep source) {
            String shared = plan.nodes().stream().anyMatch(Drawing::isPartitionElsewhere) ? "" : ", " + sharing();
            String kind = "source " + source.source().describe() + shared;
            return Optional.of(new Part(node.name(), kind, Look.SOURCE, Map.of()));
        } else if (step instanceof Step.WorkStep work) {
            return Optional.of(new Part(node.name(), kind(node, work), Look.WORK, from(node)));
        } else if (step instanceof Step.QueueStep queue) {
            String weight = queue.weigher() == null ? "" : " and weight " + queue.maxWeight();
            String kind = "at most " + queue.capacity().items() + " items" + weight;
            return Optional.of(new Part("queue", kind, Look.QUEUE, from(node)));
        } else if (step instanceof Step.WindowStep window) {
            String kind = "windows of " + window.size() + " every " + window.step();
            return Optional.of(new Part(node.name(), kind, Look.WORK, from(node)));
        } else if (step instanceof Step.OrderedStep ordered) {
            return Optional.of(new Part("ordered", "window " + ordered.window(), Look.QUEUE, from(node)));
        } else if (step instanceof Step.MergeStep) {
            return Optional.of(new Part(node.name(), "merge", Look.WORK, from(node)));
        } else if (step instanceof Step.TransformStep) {
            return Optional.of(new Part(node.name(), "transform", Look.WORK, from(node)));
        } else if (step instanceof Step.FailuresStep) {
            return Optional.of(new Part(node.name(), "failures", Look.WORK, from(node)));
        } else if (isPartitionElsewhere(node)) {
            return Optional.of(new Part("partition", "workers run what follows, " + sharing(), Look.QUEUE, from(node)));
        } else if (step instanceof Step.KeepStep) {
            return Optional.of(new Part("keep", "values are kept", Look.QUEUE, from(node)));
        } else if (step instanceof Step.GatherStep) {
            return Optional.of(new Part("gather", "workers run what is before", Look.QUEUE, from(node)));
        }
        return Optional.empty();
    }

    /** Right behind the source it is drawn with the source. */
    private static boolean isPartitionElsewhere(Node node) {
        return node.step() instanceof Step.PartitionStep && node.inputs().get(0) != 0;
    }

    private String sharing() {
        return plan.partitioning().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Map<Integer, String> from(Node node) {
        Map<Integer, String> from = new java.util.LinkedHashMap<>();
        for (int input : node.inputs()) {
            Node before = plan.nodes().get(input);
            if (before.step() instanceof Step.JoinStep) {
                before.inputs().forEach(side -> from.put(place(side), labels.getOrDefault(side, "")));
            } else {
                from.put(place(input), labels.getOrDefault(input, ""));
            }
        }
        return from;
    }

    private int place(int node) {
        return places.getOrDefault(node, 0);
    }

    private String origin(int place, Part part) {
        boolean follows = part.from().keySet().stream().allMatch(from -> from == place - 1)
                && part.from().values().stream().allMatch(String::isEmpty);
        if (follows) {
            return "";
        }
        return "  <- "
                + part.from().entrySet().stream()
                        .map(each -> parts.get(each.getKey()).name()
                                + (each.getValue().isEmpty() ? "" : ":" + each.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private String kind(Node node, Step.WorkStep step) {
        Work<?, ?> work = step.work();
        StringBuilder kind = new StringBuilder(work.kind().name().toLowerCase(Locale.ROOT));
        String role = PlanText.word(step.role());
        boolean joins = !node.inputs().isEmpty()
                && plan.nodes().get(node.inputs().get(0)).step() instanceof Step.JoinStep;
        boolean expands = plan.consumers(node.id()).stream()
                .anyMatch(consumer -> plan.nodes().get(consumer).step() instanceof Step.ExpandStep);
        String word = joins ? "join by key" : expands ? "flat map" : role;
        kind.append(word.isEmpty() ? "" : ", " + word);
        work.concurrency().ifPresent(most -> kind.append(", ").append(most).append(" at once"));
        work.timeout()
                .ifPresent(limit ->
                        kind.append(", at most ").append(limit.toMillis()).append(" ms"));
        work.silence()
                .ifPresent(limit -> kind.append(", silent at most ")
                        .append(limit.toMillis())
                        .append(" ms"));
        work.retry().ifPresent(retry -> kind.append(", retried"));
        work.retryPolicy()
                .filter(policy -> !attempts(policy).isEmpty())
                .ifPresent(policy -> kind.append(", retried after ").append(attempts(policy)));
        work.once()
                .ifPresent(once -> kind.append(", with '").append(once.name()).append('\''));
        return kind.toString();
    }

    /** How often a work is tried again for each reason that it is tried again for. */
    private static String attempts(RetryPolicy policy) {
        List<String> reasons = new ArrayList<>();
        addCount(reasons, policy.failures(), "failure");
        addCount(reasons, policy.timeouts(), "timeout");
        addCount(reasons, policy.crashes(), "crash");
        return String.join(" and ", reasons);
    }

    private static void addCount(List<String> reasons, int count, String what) {
        if (count > 0) {
            String plural = what.endsWith("h") ? "es" : "s";
            reasons.add(count + " " + what + (count == 1 ? "" : plural));
        }
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
