package org.reactortopology.internal.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/**
 * Finds out whether a join is sure to get every key from every side, so that no part has to wait for the end of the source: when the same steps have
 * made, chosen or left out the items of all sides.
 */
public final class Pairing {

    private final TopologyPlan plan;

    /** By node, the ids of the steps that made or chose the items there. */
    private final List<Set<Integer>> shapedBy = new ArrayList<>();

    private Pairing(TopologyPlan plan) {
        this.plan = plan;
        plan.nodes().forEach(node -> shapedBy.add(shapedBy(node)));
    }

    /** Whether that join is. */
    public static boolean alwaysPairs(TopologyPlan plan, Node join) {
        List<Set<Integer>> sides =
                join.inputs().stream().map(new Pairing(plan).shapedBy::get).toList();
        return sides.stream().allMatch(sides.get(0)::equals);
    }

    private Set<Integer> shapedBy(Node node) {
        Set<Integer> shaped = new HashSet<>();
        node.inputs().forEach(input -> shaped.addAll(shapedBy.get(input)));
        Step step = node.step();
        boolean shapes = step instanceof Step.ExpandStep
                || step instanceof Step.WindowStep
                || step instanceof Step.TransformStep
                || step instanceof Step.RouteStep
                || step instanceof Step.FailuresStep
                || (step instanceof Step.JoinStep && !sidesAreEqual(node, Set.of()));
        if (step instanceof Step.MergeStep) {
            Set<Integer> closed = closedRoutes(shaped);
            shaped.removeAll(closed);
            shapes = !sidesAreEqual(node, closed);
        }
        if (shapes) {
            shaped.add(node.id());
        }
        return shaped;
    }

    private boolean sidesAreEqual(Node node, Set<Integer> but) {
        Set<Set<Integer>> sides = new HashSet<>();
        for (int input : node.inputs()) {
            Set<Integer> side = new HashSet<>(shapedBy.get(input));
            side.removeAll(but);
            sides.add(side);
        }
        return sides.size() == 1;
    }

    /** The routes of branches of which all routes are among these. */
    private Set<Integer> closedRoutes(Set<Integer> shaped) {
        Set<Integer> closed = new HashSet<>();
        for (int id : shaped) {
            Node node = plan.nodes().get(id);
            if (node.step() instanceof Step.RouteStep
                    && shaped.containsAll(plan.consumers(node.inputs().get(0)))) {
                closed.add(id);
            }
        }
        return closed;
    }
}
