package org.reactortopology.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.reactortopology.Keyed;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;
import reactor.core.publisher.Flux;

/** A plan with items overtaking each other behind its source and its works. Not inside loops, which take no other operators. */
final class ShuffledPlan {

    private final TopologyPlan plan;
    private final long seed;
    private final int window;
    private final ShuffleScope scope;
    private final Set<Integer> inLoops = new HashSet<>();

    /** Ids after the change: of a node itself, and of what those behind it take from. */
    private final Map<Integer, Integer> own = new HashMap<>();

    private final Map<Integer, Integer> behind = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    ShuffledPlan(TopologyPlan plan, long seed, int window, ShuffleScope scope) {
        this.plan = plan;
        this.seed = seed;
        this.window = window;
        this.scope = scope;
        for (Node node : plan.nodes()) {
            if (node.step() instanceof Step.LoopEndStep end) {
                for (int id = end.loop(); id < node.id(); id++) {
                    inLoops.add(id);
                }
            }
        }
    }

    TopologyPlan plan() {
        for (Node node : plan.nodes()) {
            int id = nodes.size();
            Step step = node.step() instanceof Step.LoopEndStep end
                    ? new Step.LoopEndStep(end.name(), renumbered(own, end.loop()))
                    : node.step();
            List<Integer> inputs = node.inputs().stream()
                    .map(input -> renumbered(behind, input))
                    .toList();
            nodes.add(new Node(id, step, inputs));
            own.put(node.id(), id);
            behind.put(node.id(), id);
            if (keepsItems(node)) {
                nodes.add(new Node(id + 1, shuffle(node.id()), List.of(id)));
                behind.put(node.id(), id + 1);
            }
        }
        return new TopologyPlan(
                plan.name(),
                nodes,
                renumbered(behind, plan.output()),
                plan.types(),
                plan.stopOnFailure(),
                plan.haltWhen(),
                plan.bufferItems(),
                plan.stallAfter(),
                plan.observer());
    }

    private boolean keepsItems(Node node) {
        if (inLoops.contains(node.id())) {
            return false;
        }
        return node.step() instanceof Step.SourceStep
                || (node.step() instanceof Step.WorkStep work
                        && switch (work.role()) {
                            case MAP, KEYED, FILTER, RECOVER -> true;
                            default -> false;
                        });
    }

    /** Without a name, so that the names of queues stay what they are. */
    private Step shuffle(int node) {
        Function<Flux<Keyed<Object>>, Flux<Keyed<Object>>> operator =
                items -> new ShuffledFlux<>(items, seed * 31 + node, window, scope);
        return new Step.TransformStep("", operator);
    }

    private static int renumbered(Map<Integer, Integer> ids, int id) {
        return ids.getOrDefault(id, id);
    }
}
