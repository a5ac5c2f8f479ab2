package org.reactortopology.internal.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.reactortopology.Outcome;
import org.reactortopology.internal.operator.Expansion;
import org.reactortopology.internal.operator.Gate;
import org.reactortopology.internal.operator.Joining;
import org.reactortopology.internal.operator.Looping;
import org.reactortopology.internal.operator.Numbering;
import org.reactortopology.internal.operator.Ordering;
import org.reactortopology.internal.operator.Transforming;
import org.reactortopology.internal.operator.Windows;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.RunObserver;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;
import reactor.core.publisher.Flux;

/** The nodes of one run that are neither works nor queues, as operators over items. */
final class Verbs {

    /** Items that an operator without a bound of its own, such as a merge, takes from each of its inputs ahead of demand. */
    static final int AHEAD = 1;

    /** Items that may be between a window and where they were in order. */
    private static final int WINDOW_AHEAD = 64;

    private final Part part;
    private final TopologyPlan plan;
    private final Map<Integer, Looping> loops = new HashMap<>();

    /** Of the nodes that need items in order. */
    private final Map<Integer, Gate> gates = new HashMap<>();

    Verbs(Part part, TopologyPlan plan) {
        this.part = part;
        this.plan = plan;
    }

    /** What lets only so many items come to the node as can be put in order there; empty if it takes them as they come. Asked once, before the rest. */
    Optional<Gate> gate(Node node) {
        int permits = node.step() instanceof Step.OrderedStep ordered
                ? ordered.window()
                : node.step() instanceof Step.WindowStep window ? Math.max(WINDOW_AHEAD, window.size()) : 0;
        if (permits == 0) {
            return Optional.empty();
        }
        Gate gate = new Gate(permits);
        gates.put(node.id(), gate);
        return Optional.of(gate);
    }

    /** What leaves the node, given what its inputs emit. */
    Flux<Item> items(Node node, List<Flux<Item>> inputs) {
        Step step = node.step();
        if (step instanceof Step.JoinStep join) {
            return Joining.of(inputs, join, AHEAD);
        } else if (step instanceof Step.MergeStep) {
            return Flux.fromIterable(inputs).flatMap(side -> side, inputs.size(), AHEAD);
        }
        return items(node, step, inputs.get(0));
    }

    private Flux<Item> items(Node node, Step step, Flux<Item> in) {
        if (step instanceof Step.ExpandStep expand) {
            return Expansion.of(in, expand);
        } else if (step instanceof Step.RouteStep route) {
            return routed(in, route.route(), route.takesEnded());
        } else if (step instanceof Step.OrderedStep ordered) {
            return Ordering.of(in, gateOf(node), ordered.window(), part.numbering(node));
        } else if (step instanceof Step.WindowStep window) {
            return windows(in, node, window);
        } else if (step instanceof Step.TransformStep transform) {
            return Transforming.of(in, transform, AHEAD, plan::trace);
        } else if (step instanceof Step.FailuresStep failures) {
            return in.map(item -> failure(item, failures.name()));
        } else if (step instanceof Step.LoopStep loop) {
            Looping looping = new Looping(loop);
            loops.put(node.id(), looping);
            return looping.enter(in);
        } else if (step instanceof Step.LoopEndStep end) {
            return Objects.requireNonNull(loops.get(end.loop())).leave(in);
        } else if (step instanceof Step.KeepStep && plan.observer() != null) {
            RunObserver observer = plan.observer();
            return in.map(item -> keep(item, plan, observer));
        }
        return in;
    }

    private static Item keep(Item item, TopologyPlan plan, RunObserver observer) {
        if (item.value() != null) {
            observer.kept(item.key(), item.index(), item.value());
            return item;
        }
        Object kept = item.ended() instanceof Outcome.Skipped<?> ? observer.keptValue(item.key(), item.index()) : null;
        return kept == null ? item : item.withValue(kept).withTrace(plan.trace()); // it is run from here on
    }

    private Flux<Item> windows(Flux<Item> in, Node node, Step.WindowStep window) {
        Numbering numbering = part.numbering(node);
        int ahead = Math.max(WINDOW_AHEAD, window.size());
        return Windows.of(Ordering.of(in, gateOf(node), ahead, numbering), window, numbering);
    }

    private Gate gateOf(Node node) {
        return Objects.requireNonNull(gates.get(node.id()));
    }

    private static Flux<Item> routed(Flux<Item> items, Object route, boolean takesEnded) {
        return items.handle((item, sink) -> {
            if (item.value() instanceof Step.Routed routed) {
                if (routed.route().equals(route)) {
                    sink.next(item.withValue(routed.value()));
                }
            } else if (takesEnded) {
                sink.next(item); // it ended before the branch
            }
        });
    }

    private static Item failure(Item item, String name) {
        if (item.ended() == null) {
            return item.consumed(name);
        }
        return item.ended().isFailure() ? item.withValue(item.ended()) : item;
    }
}
