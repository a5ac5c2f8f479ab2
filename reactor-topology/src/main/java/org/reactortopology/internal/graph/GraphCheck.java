package org.reactortopology.internal.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.reactortopology.Once;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** Finds what is wrong with a graph; each problem names the part and the fix. */
final class GraphCheck {

    private final TopologyPlan plan;
    private final List<Traits> traits = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private GraphCheck(TopologyPlan plan) {
        this.plan = plan;
    }

    static List<String> problems(TopologyPlan plan) {
        GraphCheck check = new GraphCheck(plan);
        check.names();
        for (Node node : plan.nodes()) {
            check.node(node);
        }
        check.problems.addAll(Slices.problems(plan));
        return check.problems;
    }

    private void names() {
        if (plan.name().isBlank()) {
            problems.add("its name is blank: give it one that reports and logs can show");
        }
        if (plan.nodes().stream().filter(node -> node.inputs().isEmpty()).count() > 1) {
            problems.add("it has several sources: a topology has one; merge them before, or make a topology of each");
        }
        List<String> names = new ArrayList<>();
        plan.nodes().stream().filter(GraphCheck::isNamed).map(Node::name).forEach(names::add);
        plan.onces().stream().map(Once::name).forEach(names::add);
        Set<String> seen = new LinkedHashSet<>();
        for (String name : names) {
            if (name.isBlank()) {
                problems.add("a source or work has a blank name: give it one that reports and logs can show");
            } else if (!seen.add(name)) {
                problems.add("the name '" + name
                        + "' is used twice: outcomes and reports name works, so rename one of the two");
            }
        }
    }

    private static boolean isNamed(Node node) {
        Step step = node.step();
        return step instanceof Step.SourceStep
                || step instanceof Step.WorkStep
                || step instanceof Step.WindowStep
                || step instanceof Step.MergeStep
                || step instanceof Step.TransformStep
                || step instanceof Step.FailuresStep;
    }

    private void node(Node node) {
        List<Traits> inputs = node.inputs().stream().map(traits::get).toList();
        Step step = node.step();
        if (step instanceof Step.QueueStep && input(node).step() instanceof Step.QueueStep) {
            problems.add("two queues follow each other: one queue of the sum of their capacities does the same");
        }
        if (Slices.needsOrder(step)) {
            order(node, inputs.get(0));
        }
        if (step instanceof Step.KeepStep) {
            keep(node, inputs.get(0));
        }
        if (step instanceof Step.MergeStep merge) {
            merge(merge, node, inputs);
        } else if (step instanceof Step.JoinStep join) {
            join(join, inputs);
        } else if (step instanceof Step.LoopEndStep end) {
            loop(node, end);
        }
        traits.add(Traits.of(plan, node, inputs));
    }

    private Node input(Node node) {
        return plan.nodes().get(node.inputs().get(0));
    }

    private void order(Node node, Traits input) {
        if (!input.dense()) {
            String what = node.step() instanceof Step.WindowStep window
                    ? "window '" + window.name() + "'"
                    : "ordered(..) behind '" + label(node) + "'";
            problems.add(what
                    + " needs every item of the source in order, but gets only some, or items that were made of others"
                    + " by flatMap: put it before the branch, failures or flatMap, or behind the merge of all routes");
        }
    }

    private void keep(Node node, Traits input) {
        boolean again =
                plan.nodes().subList(0, node.id()).stream().anyMatch(each -> each.step() instanceof Step.KeepStep);
        if (again) {
            problems.add("keepValues() stands more than once: one value is kept of an item, so keep one of them");
        }
        if (!input.dense() || !input.keys().equals(Set.of("source"))) {
            problems.add("keepValues() behind '" + label(node)
                    + "' needs every item of the source as itself, but gets only some, or items that were made of others:"
                    + " put it before the branch, failures, flatMap, window or transform");
        }
    }

    private void merge(Step.MergeStep merge, Node node, List<Traits> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            for (int j = i + 1; j < inputs.size(); j++) {
                if (inputs.get(i).canMeet(inputs.get(j))) {
                    problems.add("merge '" + merge.name() + "' would bring each key twice, from '"
                            + label(node.inputs().get(i)) + "' and from '"
                            + label(node.inputs().get(j))
                            + "': join the parts of an item by joinByKey, or send it one way by branch");
                }
            }
        }
    }

    private void join(Step.JoinStep join, List<Traits> inputs) {
        for (int i = 1; i < inputs.size(); i++) {
            if (!inputs.get(0).canMeet(inputs.get(i)) && !inputs.get(0).mayMeet(inputs.get(i))) {
                problems.add("the sides '" + join.sides().get(0) + "' and '"
                        + join.sides().get(i) + "' of join '" + join.name()
                        + "' cannot meet, because no key comes on both: join stages that the same items pass,"
                        + " before flatMap or window changes their keys");
            }
        }
    }

    private void loop(Node end, Step.LoopEndStep step) {
        Set<Integer> body = new LinkedHashSet<>();
        body.add(step.loop());
        for (Node node : plan.nodes().subList(step.loop() + 1, end.id())) {
            if (node.inputs().stream().anyMatch(body::contains)) {
                body.add(node.id());
                if (!mayLoop(node.step())) {
                    problems.add(
                            "'" + label(node) + "' stands in the body of loop '" + step.name()
                                    + "', where items must stay one to one: use map, mapKeyed, filter, recover, queue or a branch that is merged");
                }
                boolean brought = node.inputs().stream().anyMatch(input -> !body.contains(input));
                if (brought) {
                    problems.add("'" + label(node) + "' in the body of loop '" + step.name()
                            + "' takes from outside of the loop: an item comes there once, but goes round often");
                }
            }
        }
        for (Node node : plan.nodes()) {
            boolean leaves = node.id() != end.id()
                    && !body.contains(node.id())
                    && node.inputs().stream().anyMatch(body::contains);
            if (leaves) {
                problems.add("'" + label(node) + "' takes from the body of loop '" + step.name()
                        + "': take from the stage that the loop returns");
            }
        }
        if (!body.contains(end.inputs().get(0))) {
            problems.add("the body of loop '" + step.name()
                    + "' does not come from the stage that it was given: return what" + " you made of that stage");
        }
    }

    private static boolean mayLoop(Step step) {
        if (step instanceof Step.WorkStep work) {
            return work.role() != Step.Role.SINK && work.role() != Step.Role.AGGREGATE;
        }
        return step instanceof Step.QueueStep || step instanceof Step.RouteStep || step instanceof Step.MergeStep;
    }

    private String label(Node node) {
        return node.name().isEmpty() && !node.inputs().isEmpty() ? label(input(node)) : node.name();
    }

    private String label(int id) {
        return label(plan.nodes().get(id));
    }
}
