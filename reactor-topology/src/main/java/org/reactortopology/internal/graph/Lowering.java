package org.reactortopology.internal.graph;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.reactortopology.Halt;
import org.reactortopology.InvalidTopologyException;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** Turns a description into a checked plan. */
public final class Lowering {

    /** What the user set for the whole topology. */
    public record Options(
            String name,
            List<Class<?>> types,
            boolean stopOnFailure,
            List<Halt> haltWhen,
            OptionalInt bufferItems,
            Duration stallAfter) {}

    private Lowering() {}

    /**
     * The plan of the topology whose output is this.
     *
     * @throws InvalidTopologyException with every problem
     */
    public static TopologyPlan plan(Sketch sketch, Vertex output, Options options) {
        List<Vertex> members = sketch.partsOf(output);
        List<String> strangers = new ArrayList<>(strangers(sketch, members));
        members.forEach(member -> {
            if (member.loop() != null && !members.contains(member.loop())) {
                strangers.add("the body of loop '" + member.label()
                        + "' does not come from the stage that it was given:" + " return what you made of that stage");
            }
        });
        if (!strangers.isEmpty()) {
            throw new InvalidTopologyException(options.name(), strangers);
        }
        TopologyPlan plan = lowered(members, output, options);
        List<String> problems = new ArrayList<>(GraphCheck.problems(plan));
        sketch.unconsumed(members).forEach(part -> problems.add(unconsumed(part)));
        if (!problems.isEmpty()) {
            throw new InvalidTopologyException(options.name(), problems);
        }
        sketch.built(members);
        return plan;
    }

    private static TopologyPlan lowered(List<Vertex> members, Vertex output, Options options) {
        Map<Vertex, Integer> ids = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        for (Vertex member : members) {
            int id = nodes.size();
            ids.put(member, id);
            List<Integer> inputs =
                    member.inputs().stream().map(input -> id(ids, input)).toList();
            Step step = member.step() instanceof Step.LoopEndStep end && member.loop() != null
                    ? new Step.LoopEndStep(end.name(), id(ids, member.loop()))
                    : member.step();
            nodes.add(new Node(id, step, inputs));
        }
        return new TopologyPlan(
                options.name(),
                nodes,
                id(ids, output),
                options.types(),
                options.stopOnFailure(),
                options.haltWhen(),
                options.bufferItems(),
                options.stallAfter(),
                null);
    }

    private static int id(Map<Vertex, Integer> ids, Vertex vertex) {
        return Objects.requireNonNull(ids.get(vertex), "inputs are described before what takes from them");
    }

    private static List<String> strangers(Sketch sketch, List<Vertex> members) {
        return members.stream()
                .flatMap(
                        member -> member.inputs().stream()
                                .filter(input -> !input.sketch().equals(sketch))
                                .map(
                                        input -> "'" + member.label() + "' takes from '" + input.label()
                                                + "', which belongs to another topology: a topology has one source; describe both with one builder"))
                .distinct()
                .toList();
    }

    private static String unconsumed(Vertex part) {
        String what = part.step() instanceof Step.RouteStep route
                ? "route " + route.route() + " of branch '" + part.label() + "'"
                : "'" + part.label() + "'";
        return what + " is not consumed: build from it, join or merge it, or end it in a sink";
    }
}
