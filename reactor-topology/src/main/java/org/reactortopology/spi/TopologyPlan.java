package org.reactortopology.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Aggregate;
import org.reactortopology.Halt;
import org.reactortopology.Once;
import org.reactortopology.Partitioning;
import org.reactortopology.internal.graph.Pairing;
import org.reactortopology.internal.graph.PlanText;
import org.reactortopology.internal.graph.Slices;

/**
 * The graph as executors see it: nodes in an order in which every node comes after those it takes from.
 *
 * @param output id of the node whose items are the output
 * @param types classes that items may carry between processes, as the user named them
 * @param haltWhen rules by which a run is given up; the one that is met first counts
 * @param bufferItems bound of the buffer before each hop that has no explicit queue, where the user set one
 * @param stallAfter after how long without any movement a stall is logged; zero for never
 * @param observer stands beside the runs; no part of the fingerprint
 */
public record TopologyPlan(
        String name,
        List<Node> nodes,
        int output,
        List<Class<?>> types,
        boolean stopOnFailure,
        List<Halt> haltWhen,
        OptionalInt bufferItems,
        Duration stallAfter,
        @Nullable RunObserver observer) {

    /** Copies the lists. */
    public TopologyPlan {
        nodes = List.copyOf(nodes);
        types = List.copyOf(types);
        haltWhen = List.copyOf(haltWhen);
    }

    /** The same plan with other nodes. */
    public TopologyPlan with(List<Node> others) {
        return new TopologyPlan(
                name, others, output, types, stopOnFailure, haltWhen, bufferItems, stallAfter, observer);
    }

    /**
     * The same plan with an observer beside its runs.
     *
     * @throws IllegalStateException if it has one already
     */
    public TopologyPlan observed(RunObserver by) {
        if (observer != null) {
            throw new IllegalStateException(
                    "topology '" + name + "' is observed already, as by a job, and a run has one"
                            + " observer: run the topology as it was built, by one job around the executor");
        }
        return new TopologyPlan(name, nodes, output, types, stopOnFailure, haltWhen, bufferItems, stallAfter, by);
    }

    /** The item as the observer admits it: itself, traced from now on, or skipped. */
    public Item admitted(Item item) {
        if (observer == null || item.ended() != null) {
            return item;
        }
        String reason = observer.skip(item.key());
        return reason == null ? item.withTrace(trace()) : item.skipped(reason);
    }

    /** A trace for an item that is to be run; null if there is no observer to be told. */
    public @Nullable Trace trace() {
        if (observer == null) {
            return null;
        }
        int works = 0;
        for (Node node : nodes) {
            works += node.step() instanceof Step.WorkStep ? 1 : 0;
        }
        return new Trace(works);
    }

    /** Where items come from: the first node. */
    public Source source() {
        return ((Step.SourceStep) nodes.get(0).step()).source();
    }

    /** The works, in order. */
    public List<Step.WorkStep> works() {
        return nodes.stream()
                .map(Node::step)
                .filter(Step.WorkStep.class::isInstance)
                .map(Step.WorkStep.class::cast)
                .toList();
    }

    /** The aggregates, in order. */
    public List<Aggregate<?, ?, ?>> aggregates() {
        List<Aggregate<?, ?, ?>> aggregates = new ArrayList<>();
        works().forEach(work -> Optional.ofNullable(work.aggregate()).ifPresent(aggregates::add));
        return aggregates;
    }

    /** The values that are computed once, each once, in the order of the works that need them. */
    public List<Once<?>> onces() {
        List<Once<?>> onces = new ArrayList<>();
        works().forEach(work ->
                work.work().once().filter(once -> !onces.contains(once)).ifPresent(onces::add));
        return onces;
    }

    /** Ids of the nodes that take from this one, in order. */
    public List<Integer> consumers(int node) {
        return nodes.stream()
                .filter(each -> each.inputs().contains(node))
                .map(Node::id)
                .toList();
    }

    /** Ids of the nodes where items end: the output and the sinks. */
    public List<Integer> ends() {
        List<Integer> ends = new ArrayList<>();
        for (Node node : nodes) {
            boolean sink = node.step() instanceof Step.WorkStep work && work.role() == Step.Role.SINK;
            if (sink || node.id() == output) {
                ends.add(node.id());
            }
        }
        return ends;
    }

    /** Whether a join is sure to get every key from every side, so that it waits for no other key. */
    public boolean alwaysPairs(Node join) {
        return Pairing.alwaysPairs(this, join);
    }

    /** How the source, or what stands before the slice, is shared out to workers. */
    public Partitioning partitioning() {
        return nodes.stream()
                .map(Node::step)
                .filter(Step.PartitionStep.class::isInstance)
                .map(step -> ((Step.PartitionStep) step).how())
                .findFirst()
                .orElse(Partitioning.ON_DEMAND);
    }

    /** The part that workers run, by the marks or else by the rule of {@link org.reactortopology.Stage#gather}; empty if there is none. */
    public Optional<Slice> slice() {
        return Slices.of(this);
    }

    /** SHA-256 of everything that must be equal on both sides of a process boundary, as 64 hexadecimal digits. */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(PlanText.of(this).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
