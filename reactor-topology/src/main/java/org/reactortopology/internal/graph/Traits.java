package org.reactortopology.internal.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/**
 * What is known of the items at a node.
 *
 * @param keys how their keys are made: one entry for each kind; {@code ?} where the user's code makes them
 * @param routes by the id of a branch, the routes on which an item may have come
 * @param inOrder whether each index of the source, or of the last window, comes exactly once, save for {@code routes}
 */
record Traits(Set<String> keys, Map<Integer, Set<Object>> routes, boolean inOrder) {

    private static final String ANY = "?";

    /** Whether every index comes. */
    boolean dense() {
        return inOrder && routes.isEmpty();
    }

    /** Whether a key is known to come at both. */
    boolean canMeet(Traits other) {
        return keys.stream().anyMatch(key -> !key.contains(ANY) && other.keys.contains(key)) && !excludes(other);
    }

    /** Whether it cannot be said that no key comes at both. */
    boolean mayMeet(Traits other) {
        boolean unknown = keys.stream().anyMatch(key -> key.contains(ANY))
                || other.keys.stream().anyMatch(key -> key.contains(ANY));
        return unknown && !excludes(other);
    }

    private boolean excludes(Traits other) {
        return routes.entrySet().stream().anyMatch(entry -> {
            Set<Object> theirs = other.routes.get(entry.getKey());
            return theirs != null && entry.getValue().stream().noneMatch(theirs::contains);
        });
    }

    static Traits of(TopologyPlan plan, Node node, List<Traits> inputs) {
        if (inputs.isEmpty()) {
            return new Traits(Set.of("source"), Map.of(), true);
        }
        Traits input = inputs.get(0);
        Step step = node.step();
        if (step instanceof Step.ExpandStep expand) {
            String suffix = expand.childKey() == null ? "/n" : "/" + ANY + node.id();
            return new Traits(input.mapped(suffix), input.routes, false);
        } else if (step instanceof Step.WindowStep) {
            return new Traits(input.mapped(" window " + node.id()), Map.of(), input.dense());
        } else if (step instanceof Step.TransformStep) {
            return new Traits(Set.of(ANY), input.routes, false);
        } else if (step instanceof Step.FailuresStep) {
            return new Traits(input.keys, input.routes, false);
        } else if (step instanceof Step.RouteStep route) {
            Map<Integer, Set<Object>> routes = new HashMap<>(input.routes);
            routes.put(node.inputs().get(0), Set.of(route.route()));
            return new Traits(input.keys, routes, input.inOrder);
        } else if (step instanceof Step.MergeStep) {
            return merged(plan, inputs);
        } else if (step instanceof Step.JoinStep) {
            boolean dense = inputs.stream().allMatch(Traits::dense);
            return new Traits(input.keys, dense ? Map.of() : input.routes, dense);
        }
        return input;
    }

    private Set<String> mapped(String suffix) {
        Set<String> mapped = new LinkedHashSet<>();
        keys.forEach(key -> mapped.add(key + suffix));
        return mapped;
    }

    /** An item that came on any of the inputs; a branch of which all routes are merged no longer tells items apart. */
    private static Traits merged(TopologyPlan plan, List<Traits> inputs) {
        Set<String> keys = new LinkedHashSet<>();
        inputs.forEach(input -> keys.addAll(input.keys));
        Map<Integer, Set<Object>> routes = new HashMap<>();
        boolean inOrder = inputs.stream().allMatch(Traits::inOrder) && keys.size() == 1;
        for (Integer branch : inputs.get(0).routes.keySet()) {
            if (inputs.stream().allMatch(input -> input.routes.containsKey(branch))) {
                Set<Object> union = new HashSet<>();
                inputs.forEach(input -> union.addAll(input.routes.get(branch)));
                if (union.size() < plan.consumers(branch).size()) {
                    routes.put(branch, union);
                }
            } else {
                inOrder = false;
            }
        }
        boolean sameBranches = inputs.stream()
                .allMatch(input ->
                        input.routes.keySet().equals(inputs.get(0).routes.keySet()));
        return new Traits(keys, routes, inOrder && sameBranches);
    }
}
