package org.reactortopology.test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.reactortopology.Topology;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Source;
import org.reactortopology.spi.Step;

/** Changes single nodes of a topology's plan. */
final class PlanRewrite {

    private PlanRewrite() {}

    static <O> Topology<O> works(Topology<O> topology, UnaryOperator<Step.WorkStep> change) {
        return steps(topology, step -> step instanceof Step.WorkStep work ? change.apply(work) : step);
    }

    static <O> Topology<O> source(Topology<O> topology, UnaryOperator<Source> change) {
        return steps(
                topology,
                step -> step instanceof Step.SourceStep source
                        ? new Step.SourceStep(change.apply(source.source()))
                        : step);
    }

    private static <O> Topology<O> steps(Topology<O> topology, UnaryOperator<Step> change) {
        return topology.rewritten(plan -> {
            List<Node> nodes = new ArrayList<>();
            for (Node node : plan.nodes()) {
                nodes.add(new Node(node.id(), change.apply(node.step()), node.inputs()));
            }
            return plan.with(nodes);
        });
    }
}
