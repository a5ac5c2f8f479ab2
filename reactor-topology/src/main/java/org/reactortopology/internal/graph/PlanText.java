package org.reactortopology.internal.graph;

import java.util.Locale;
import org.reactortopology.Once;
import org.reactortopology.Work;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** A plan as text: everything that must be equal on both sides of a process boundary, and nothing else. */
public final class PlanText {

    private PlanText() {}

    /** One line per part. */
    public static String of(TopologyPlan plan) {
        StringBuilder text =
                new StringBuilder("topology ").append(quoted(plan.name())).append('\n');
        for (Node node : plan.nodes()) {
            text.append(node.id()).append(' ').append(node.inputs()).append(' ');
            text.append(of(node.step())).append('\n');
        }
        text.append("output ").append(plan.output()).append('\n');
        plan.types().forEach(type -> text.append("type ").append(type.getName()).append('\n'));
        return text.toString();
    }

    private static String of(Step step) {
        if (step instanceof Step.SourceStep source) {
            return "source " + quoted(source.source().name()) + ' '
                    + quoted(source.source().describe());
        } else if (step instanceof Step.WorkStep work) {
            return "work " + quoted(work.name()) + ' ' + work.role() + ' ' + of(work.work());
        } else if (step instanceof Step.QueueStep queue) {
            String weight = queue.weigher() == null ? "" : " weight " + queue.maxWeight();
            return "queue " + queue.capacity().items() + weight;
        } else if (step instanceof Step.ExpandStep expand) {
            return "expand " + (expand.childKey() == null ? "by position" : "by function");
        } else if (step instanceof Step.WindowStep window) {
            return "window " + quoted(window.name()) + ' ' + window.size() + ' ' + window.step();
        } else if (step instanceof Step.LoopStep loop) {
            return "loop " + loop.maxRounds() + ' ' + loop.inFlight();
        }
        return others(step);
    }

    private static String others(Step step) {
        if (step instanceof Step.OrderedStep ordered) {
            return "ordered " + ordered.window();
        } else if (step instanceof Step.RouteStep route) {
            return "route " + quoted(route.route().toString());
        } else if (step instanceof Step.JoinStep join) {
            return "join " + join.sides().size();
        } else if (step instanceof Step.MergeStep merge) {
            return "merge " + quoted(merge.name());
        } else if (step instanceof Step.TransformStep transform) {
            return "transform " + quoted(transform.name());
        } else if (step instanceof Step.FailuresStep failures) {
            return "failures " + quoted(failures.name());
        } else if (step instanceof Step.LoopEndStep end) {
            return "end of loop " + end.loop();
        } else if (step instanceof Step.PartitionStep partition) {
            return "partition " + partition.how();
        } else if (step instanceof Step.KeepStep) {
            return "keep values";
        }
        return "gather";
    }

    private static String of(Work<?, ?> work) {
        StringBuilder text = new StringBuilder().append(work.kind()).append(' ');
        text.append(
                work.concurrency().isPresent()
                        ? Integer.toString(work.concurrency().getAsInt())
                        : "default");
        work.timeout().ifPresent(limit -> text.append(" timeout ").append(limit));
        work.silence().ifPresent(limit -> text.append(" silence ").append(limit));
        work.retry().ifPresent(retry -> text.append(" retry"));
        work.retryPolicy().ifPresent(policy -> text.append(' ').append(policy));
        work.once().ifPresent(once -> text.append(' ').append(of(once)));
        return text.toString();
    }

    private static String of(Once<?> once) {
        return (once.perWorker() ? "once-per-worker " : "once ") + quoted(once.name());
    }

    /** What a role adds to the kind of a work when it is drawn; empty for a plain one. */
    static String word(Step.Role role) {
        return switch (role) {
            case MAP, KEYED -> "";
            case SELECT -> "branch";
            case EXIT -> "loop exit";
            default -> role.name().toLowerCase(Locale.ROOT);
        };
    }

    /** With its length before it, so that no name can be taken for what follows it. */
    private static String quoted(String text) {
        return text.length() + ":" + text;
    }
}
