package org.reactortopology.internal.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.reactortopology.internal.operator.Numbering;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Slice;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** The part of a plan that one engine runs: all of it, the slice of a worker, or what stands around that slice. */
final class Part {

    /** Stands for the end of a slice in which items end. */
    static final int SLICE_END = -2;

    private final TopologyPlan plan;
    private final int entry;
    private final List<Node> nodes;
    private final List<Integer> ends;
    private final Optional<Slice> hole;
    private final Hops hops;

    /** How many nodes of this part take from each node. */
    private final Map<Integer, Integer> takers = new HashMap<>();

    private final boolean lineage;

    private Part(TopologyPlan plan, int entry, Set<Integer> ids, List<Integer> ends, Optional<Slice> hole) {
        this.plan = plan;
        this.entry = entry;
        this.nodes =
                plan.nodes().stream().filter(node -> ids.contains(node.id())).toList();
        this.ends = List.copyOf(ends);
        this.hole = hole;
        nodes.forEach(node -> node.inputs().forEach(input -> takers.merge(input, 1, Integer::sum)));
        this.hops = new Hops(nodes, this::takers, id -> ends.contains(id) || entersHole(id));
        this.lineage = findsForks();
    }

    /** All that stands behind the source. */
    static Part whole(TopologyPlan plan) {
        return new Part(plan, 0, allBut(plan, Set.of()), plan.ends(), Optional.empty());
    }

    /** What a worker runs. */
    static Part slice(TopologyPlan plan, Slice slice) {
        List<Integer> ends = new ArrayList<>();
        plan.ends().stream().filter(slice.nodes()::contains).forEach(ends::add);
        slice.exit().ifPresent(exit -> {
            ends.remove(Integer.valueOf(exit));
            ends.add(exit);
        });
        return new Part(plan, slice.entry(), slice.nodes(), ends, Optional.empty());
    }

    /** What stands around the slice of the workers. */
    static Part around(TopologyPlan plan, Slice slice) {
        List<Integer> ends = new ArrayList<>();
        plan.ends().stream()
                .filter(end -> !slice.nodes().contains(end)
                        || (slice.exit().isPresent() && slice.exit().getAsInt() == end))
                .forEach(ends::add);
        if (slice.exit().isEmpty()) {
            ends.add(SLICE_END);
        }
        return new Part(plan, 0, allBut(plan, slice.nodes()), ends, Optional.of(slice));
    }

    private static Set<Integer> allBut(TopologyPlan plan, Set<Integer> others) {
        Set<Integer> ids = new HashSet<>();
        plan.nodes().forEach(node -> ids.add(node.id()));
        ids.remove(0);
        ids.removeAll(others);
        return ids;
    }

    /** Node whose items come in. */
    int entry() {
        return entry;
    }

    /** The nodes, in an order in which each comes after those it takes from. */
    List<Node> nodes() {
        return nodes;
    }

    /** Nodes whose items leave. */
    List<Integer> ends() {
        return ends;
    }

    /** The slice that others run, if there is one in this part. */
    Optional<Slice> hole() {
        return hole;
    }

    /** Node under which what comes out of the hole is known. */
    int holeExit() {
        return hole.flatMap(slice ->
                        slice.exit().isPresent() ? Optional.of(slice.exit().getAsInt()) : Optional.empty())
                .orElse(SLICE_END);
    }

    Node node(int id) {
        return plan.nodes().get(id);
    }

    /** How many take each item of a node; a hop that fans it out takes it once. */
    int subscribers(int id) {
        return hops.isFannedOut(id) ? 1 : takers(id);
    }

    private int takers(int id) {
        return takers.getOrDefault(id, 0) + (ends.contains(id) ? 1 : 0) + (entersHole(id) ? 1 : 0);
    }

    private boolean entersHole(int id) {
        return hole.isPresent() && hole.get().entry() == id;
    }

    /** How many more parts an item has behind a node. At a branch it goes one way. */
    int forks(int id) {
        boolean select = id >= 0 && node(id).step() instanceof Step.WorkStep work && work.role() == Step.Role.SELECT;
        return select ? 0 : Math.max(0, subscribers(id) - 1);
    }

    /** Whether items may have several parts, children or windows. */
    boolean needsLineage() {
        return lineage;
    }

    private boolean findsForks() {
        boolean leavesToMany = hole.isPresent() && forks(holeExit()) > 0;
        return forks(entry) > 0
                || leavesToMany
                || nodes.stream().anyMatch(node -> forks(node.id()) > 0 || makesItems(node.step()));
    }

    private static boolean makesItems(Step step) {
        return step instanceof Step.ExpandStep
                || step instanceof Step.WindowStep
                || step instanceof Step.TransformStep
                || step instanceof Step.FailuresStep;
    }

    /** Whether what ends in several places, or several times, must be brought together. */
    boolean collects() {
        return needsLineage() || ends.size() > 1;
    }

    /** What runs as one hop with this work, which is the first of it. */
    List<Segment> hop(Node first) {
        return hops.hop(first);
    }

    /** Whether a node is run by a hop that began before it. */
    boolean isInsideHop(int id) {
        return hops.isInside(id);
    }

    /** Whether the hop behind a queue has it as its buffer. */
    boolean isQueueOfHop(Node queue) {
        return queue.step() instanceof Step.QueueStep
                && subscribers(queue.id()) == 1
                && nodes.stream()
                        .anyMatch(node -> node.inputs().contains(queue.id()) && node.step() instanceof Step.WorkStep);
    }

    boolean isQueueOf(Node queue, Node work) {
        return nodes.contains(queue) && isQueueOfHop(queue) && work.inputs().contains(queue.id());
    }

    /** Whether what comes in goes into one hop, which can take it as it is. */
    boolean startsInHop() {
        if (nodes.isEmpty() || subscribers(entry) != 1 || !nodes.get(0).inputs().contains(entry)) {
            return false;
        }
        Node first = nodes.get(0);
        boolean plainQueue = first.step() instanceof Step.QueueStep queue && queue.weigher() == null;
        return first.step() instanceof Step.WorkStep || (plainQueue && isQueueOfHop(first));
    }

    /** Whether the results are what this node emits, and nothing else. */
    boolean endsAt(int id) {
        return !collects() && ends.get(0) == id;
    }

    /** Whether the results are what a hop emits. */
    boolean endsInHop() {
        int end = ends.get(0);
        return end >= 0
                && end != entry
                && nodes.contains(node(end))
                && node(end).step() instanceof Step.WorkStep;
    }

    /** The node behind which items were in order for the last time before this one. */
    int lastInOrder(Node node) {
        int at = node.inputs().get(0);
        while (at != entry
                && !(node(at).step() instanceof Step.OrderedStep)
                && !(node(at).step() instanceof Step.WindowStep)) {
            at = node(at).inputs().get(0);
        }
        return at;
    }

    /** Which items the indexes count that come to this node. */
    Numbering numbering(Node node) {
        Node at = node(node.inputs().get(0));
        while (!(at.step() instanceof Step.WindowStep) && !at.inputs().isEmpty()) {
            at = node(at.inputs().get(0));
        }
        return new Numbering(at.step() instanceof Step.WindowStep ? at.name() : "");
    }

    /** Place in the plan of the work of a name. */
    ToIntFunction<String> order() {
        Map<String, Integer> order = new HashMap<>();
        plan.nodes().forEach(node -> order.putIfAbsent(node.name(), node.id()));
        return name -> order.getOrDefault(name, -1);
    }

    /** The name of what a buffer connects: {@code 'before' -> 'after'}. */
    String edge(int id) {
        String after = node(id).step() instanceof Step.QueueStep ? after(id) : quoted(id);
        return before(id) + " -> " + after;
    }

    private String before(int id) {
        int at = node(id).inputs().get(0);
        while (node(at).name().isEmpty()) {
            at = node(at).inputs().get(0);
        }
        return quoted(at);
    }

    private String after(int id) {
        int at = id;
        while (at != plan.output()
                && node(at).name().isEmpty()
                && !plan.consumers(at).isEmpty()) {
            at = plan.consumers(at).get(0);
        }
        return node(at).name().isEmpty() ? "output" : quoted(at);
    }

    private String quoted(int id) {
        return "'" + node(id).name() + "'";
    }
}
