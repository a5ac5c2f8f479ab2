package org.reactortopology.internal.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactortopology.WorkKind;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;

/**
 * Which works of a part run as one hop: those that follow each other, and fan-outs of cpu works that are joined again with nothing else between the two.
 * A lane then runs the sides of an item one after the other and hands nothing over; other lanes run other items meanwhile.
 */
final class Hops {

    private final List<Node> nodes;

    /** How many take from a node. */
    private final IntUnaryOperator takers;

    /** Whether items leave the part at a node, or go where others run them. */
    private final IntPredicate leaves;

    private final Map<Integer, Node> byId = new HashMap<>();

    /** The join of each fan-out within a hop, by the node behind which the sides part; and the other way round. */
    private final Map<Integer, Node> joins = new HashMap<>();

    private final Map<Integer, Integer> begins = new HashMap<>();

    /** Each hop by its first node. */
    private final Map<Integer, List<Segment>> hops = new LinkedHashMap<>();

    private final Set<Integer> inside = new HashSet<>();

    Hops(List<Node> nodes, IntUnaryOperator takers, IntPredicate leaves) {
        this.nodes = nodes;
        this.takers = takers;
        this.leaves = leaves;
        nodes.forEach(node -> byId.put(node.id(), node));
        nodes.stream().filter(node -> node.step() instanceof Step.JoinStep).forEach(this::findFan);
        nodes.stream().filter(node -> node.step() instanceof Step.WorkStep).forEach(this::begin);
    }

    /** What the hop does that begins with that work. */
    List<Segment> hop(Node first) {
        return hops.getOrDefault(first.id(), List.of(new Segment.One(first)));
    }

    /** Whether a node is run by a hop that began before it. */
    boolean isInside(int id) {
        return inside.contains(id);
    }

    /** Whether all that take from a node are sides of one fan-out within a hop, which takes each item once. */
    boolean isFannedOut(int id) {
        return joins.containsKey(id);
    }

    private void begin(Node first) {
        if (inside.contains(first.id())) {
            return;
        }
        int before = first.inputs().get(0);
        Node join = joins.get(before);
        List<Segment> hop = new ArrayList<>();
        Segment segment = join == null ? new Segment.One(first) : fan(before, join);
        while (segment != null) {
            hop.add(segment);
            segment = behind(hop);
        }
        hops.put(first.id(), List.copyOf(hop));
        hop.stream().flatMap(Segment::nodes).map(Node::id).forEach(inside::add);
        inside.remove(first.id());
    }

    /**
     * What follows in the same hop. A fan-out and a work with a concurrency of its own are never in one: the limit of the one work would be that of
     * the sides.
     */
    private @Nullable Segment behind(List<Segment> hop) {
        Node node = hop.get(hop.size() - 1).last();
        Node join = joins.get(node.id());
        if (join != null) {
            return isCpu(node) && hop.stream().flatMap(Segment::nodes).noneMatch(Hops::isLimited)
                    ? fan(node.id(), join)
                    : null;
        }
        Node next = next(node);
        if (next == null || (isLimited(next) && hop.stream().anyMatch(Segment.Fan.class::isInstance))) {
            return null;
        }
        return new Segment.One(next);
    }

    private @Nullable Node next(Node node) {
        if (takers.applyAsInt(node.id()) != 1 || leaves.test(node.id())) {
            return null;
        }
        return nodes.stream()
                .filter(each -> each.inputs().equals(List.of(node.id())) && follows(node.step(), each.step()))
                .findFirst()
                .orElse(null);
    }

    private static boolean follows(Step before, Step after) {
        if (!(after instanceof Step.WorkStep work) || !Call.fuses(work)) {
            return false;
        }
        return before instanceof Step.WorkStep one
                ? Call.fuses(one) && one.work().kind() == work.work().kind()
                : work.work().kind() == WorkKind.CPU; // behind the join of a fan-out
    }

    private Segment fan(int from, Node join) {
        List<List<Segment>> sides = new ArrayList<>();
        join.inputs().forEach(end -> sides.add(side(from, end)));
        return new Segment.Fan(join, List.copyOf(sides));
    }

    private List<Segment> side(int from, int end) {
        Deque<Segment> side = new ArrayDeque<>();
        int at = end;
        while (at != from) {
            Node node = Objects.requireNonNull(byId.get(at));
            Integer begin = begins.get(at);
            side.addFirst(begin == null ? new Segment.One(node) : fan(begin, node));
            at = begin == null ? node.inputs().get(0) : begin;
        }
        return List.copyOf(side);
    }

    /** Notes the fan-out that ends in the join, if a hop can hold all of it and the work behind it. */
    private void findFan(Node join) {
        int from = wayBack(join.inputs().get(0));
        boolean same = join.inputs().stream().allMatch(end -> wayBack(end) == from);
        boolean works = join.inputs().stream().anyMatch(end -> end != from);
        if (same
                && works
                && !leaves.test(from)
                && takers.applyAsInt(from) == join.inputs().size()
                && next(join) != null) {
            joins.put(from, join);
            begins.put(join.id(), from);
        }
    }

    /** The node at which that side begins, given how it ends. */
    private int wayBack(int end) {
        int at = end;
        for (; ; ) {
            Node node = byId.get(at);
            boolean one = joins.containsKey(at) || takers.applyAsInt(at) == 1;
            if (node == null || !one || leaves.test(at)) {
                return at;
            }
            Integer begin = begins.get(at);
            if (begin == null && !isSideWork(node)) {
                return at;
            }
            at = begin == null ? node.inputs().get(0) : begin;
        }
    }

    /** Whether it may stand on a side: quick or slow, it says nothing about how many items are to run at once, and no item ends there for good. */
    private static boolean isSideWork(Node node) {
        return isCpu(node)
                && node.step() instanceof Step.WorkStep work
                && !isLimited(node)
                && switch (work.role()) {
                    case MAP, KEYED, FILTER, RECOVER -> true;
                    case SELECT, SINK, AGGREGATE, EXIT -> false;
                };
    }

    /** Whether it says how many items are to run at once. */
    private static boolean isLimited(Node node) {
        return node.step() instanceof Step.WorkStep work
                && work.work().concurrency().isPresent();
    }

    private static boolean isCpu(Node node) {
        return node.step() instanceof Step.WorkStep work
                && Call.fuses(work)
                && work.work().kind() == WorkKind.CPU;
    }
}
