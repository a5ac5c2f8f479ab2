package org.reactortopology.spi;

import java.util.List;

/**
 * One part of the graph.
 *
 * @param id its place in the plan's list
 * @param inputs ids of the nodes whose items it gets, all smaller than its own
 */
public record Node(int id, Step step, List<Integer> inputs) {
    /** Copies the list and checks the order. */
    public Node {
        inputs = List.copyOf(inputs);
        if (inputs.stream().anyMatch(input -> input >= id)) {
            throw new IllegalArgumentException("node " + id + " takes from " + inputs + ": inputs come before it");
        }
    }

    /** Name as the user gave it; empty for parts that have none. */
    public String name() {
        if (step instanceof Step.SourceStep source) {
            return source.source().name();
        } else if (step instanceof Step.WorkStep work) {
            return work.name();
        } else if (step instanceof Step.WindowStep window) {
            return window.name();
        } else if (step instanceof Step.MergeStep merge) {
            return merge.name();
        } else if (step instanceof Step.TransformStep transform) {
            return transform.name();
        } else if (step instanceof Step.FailuresStep failures) {
            return failures.name();
        }
        return "";
    }
}
