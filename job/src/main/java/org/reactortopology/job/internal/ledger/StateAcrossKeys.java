package org.reactortopology.job.internal.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** Finds the parts of a topology whose work for one key depends on others. */
public final class StateAcrossKeys {

    private StateAcrossKeys() {}

    /** The first part with such state that keys reach without their value being kept, by kind and name; empty if there is none. */
    public static Optional<String> unkept(TopologyPlan plan) {
        boolean[] kept = new boolean[plan.nodes().size()];
        for (Node node : plan.nodes()) {
            kept[node.id()] = node.step() instanceof Step.KeepStep
                    || (!node.inputs().isEmpty() && node.inputs().stream().allMatch(input -> kept[input]));
            String part = kept[node.id()] ? null : stateful(plan, node);
            if (part != null) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    private static @Nullable String stateful(TopologyPlan plan, Node node) {
        Step step = node.step();
        if (step instanceof Step.WorkStep work && work.role() == Step.Role.AGGREGATE) {
            return "aggregate '" + work.name() + "'";
        } else if (step instanceof Step.WindowStep window) {
            return "window '" + window.name() + "'";
        } else if (step instanceof Step.TransformStep transform) {
            return "transform '" + transform.name() + "'";
        } else if (step instanceof Step.JoinStep join && !plan.alwaysPairs(node)) {
            return "join '" + join.name() + "'";
        }
        return null;
    }
}
