package org.reactortopology.internal.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Slice;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** Finds the part of a plan that workers run. */
public final class Slices {

    private final TopologyPlan plan;

    private Slices(TopologyPlan plan) {
        this.plan = plan;
    }

    /**
     * Between the marks; without them, from behind the source, and the works over the order of the source that follow it at once, to before the first
     * other work that needs that order. Empty if nothing stands there.
     */
    public static Optional<Slice> of(TopologyPlan plan) {
        return new Slices(plan).find();
    }

    /** Whether a step needs the order of the source. */
    static boolean needsOrder(Step step) {
        return step instanceof Step.WindowStep || step instanceof Step.OrderedStep;
    }

    /**
     * Whether a step needs to see all items, in one place: for their order, because the user's operator does, because what it waits for may come with
     * any item or never, or because what it keeps is kept there.
     */
    private boolean needsAll(Node node) {
        return needsOrder(node.step())
                || node.step() instanceof Step.KeepStep
                || node.step() instanceof Step.TransformStep
                || (node.step() instanceof Step.JoinStep && !Pairing.alwaysPairs(plan, node));
    }

    private Optional<Slice> find() {
        OptionalInt partition = mark(Step.PartitionStep.class);
        OptionalInt gather = mark(Step.GatherStep.class);
        int entry = partition.orElseGet(this::endOfHead);
        OptionalInt end = gather.isPresent() || partition.isPresent() ? gather : lastCut(entry);
        if (end.isPresent() && end.getAsInt() <= entry) {
            return Optional.empty();
        }
        Set<Integer> nodes = between(entry, end);
        return nodes.isEmpty() ? Optional.empty() : Optional.of(new Slice(entry, end, nodes));
    }

    private OptionalInt mark(Class<? extends Step> type) {
        return plan.nodes().stream()
                .filter(node -> type.isInstance(node.step()))
                .mapToInt(Node::id)
                .findFirst();
    }

    /** The last of the steps that stand right behind the source, in one row, and need all items. */
    private int endOfHead() {
        int last = 0;
        int head = 0;
        List<Integer> next = plan.consumers(0);
        while (next.size() == 1) {
            Node node = plan.nodes().get(next.get(0));
            if (!needsAll(node) && !(node.step() instanceof Step.QueueStep)) {
                return head;
            }
            last = next.get(0);
            head = needsAll(node) ? last : head;
            next = plan.consumers(last);
        }
        return head;
    }

    /** The last node before the first step that needs all items, through which every item passes; empty if no such step follows. */
    private OptionalInt lastCut(int entry) {
        int first = plan.nodes().stream()
                .filter(node -> node.id() > entry && needsAll(node))
                .mapToInt(Node::id)
                .findFirst()
                .orElse(-1);
        if (first < 0) {
            return OptionalInt.empty();
        }
        int best = entry;
        List<Integer> ends = plan.ends();
        Set<Integer> open = new TreeSet<>();
        for (int id = entry; id < first; id++) {
            int current = id;
            open.add(id);
            open.removeIf(
                    each -> each != current && plan.consumers(each).stream().allMatch(consumer -> consumer <= current));
            if (open.size() == 1 && !insideLoopOrBranch(id)) {
                best = id;
            }
            if (ends.contains(id)) {
                break; // what ends here would not pass a later point
            }
        }
        return best > entry ? OptionalInt.of(best) : OptionalInt.of(entry);
    }

    /** Behind the choice of a branch, or the end of a loop's body, values are wrapped, and behind an expansion an item is several. */
    private boolean insideLoopOrBranch(int id) {
        Step step = plan.nodes().get(id).step();
        boolean wrapped = step instanceof Step.WorkStep work
                && (work.role() == Step.Role.SELECT || work.role() == Step.Role.EXIT);
        boolean openLoop = plan.nodes().stream()
                .anyMatch(node -> node.step() instanceof Step.LoopEndStep end && end.loop() <= id && node.id() > id);
        boolean expanded =
                plan.nodes().subList(0, id + 1).stream().anyMatch(node -> node.step() instanceof Step.ExpandStep);
        boolean willExpand = plan.consumers(id).stream()
                .anyMatch(consumer -> plan.nodes().get(consumer).step() instanceof Step.ExpandStep);
        boolean willJoin = step instanceof Step.JoinStep;
        return wrapped || openLoop || expanded || willExpand || willJoin;
    }

    private Set<Integer> between(int entry, OptionalInt end) {
        Set<Integer> nodes = new TreeSet<>(after(entry));
        if (end.isPresent()) {
            nodes.removeAll(after(end.getAsInt()));
        }
        return nodes;
    }

    private Set<Integer> after(int id) {
        Set<Integer> after = new HashSet<>();
        for (Node node : plan.nodes()) {
            if (node.inputs().contains(id) || node.inputs().stream().anyMatch(after::contains)) {
                after.add(node.id());
            }
        }
        return after;
    }

    /** Problems of the marks that the user set, each with its fix. */
    static List<String> problems(TopologyPlan plan) {
        List<String> problems = new ArrayList<>();
        tooMany(plan, Step.PartitionStep.class, "partition(..)", problems);
        tooMany(plan, Step.GatherStep.class, "gather()", problems);
        boolean marked = plan.nodes().stream()
                .anyMatch(node -> node.step() instanceof Step.PartitionStep || node.step() instanceof Step.GatherStep);
        if (!marked || !problems.isEmpty()) {
            return problems;
        }
        Optional<Slice> slice = of(plan);
        if (slice.isEmpty()) {
            problems.add("nothing stands between partition(..) and gather(): put the works that workers run there");
        } else {
            new Slices(plan).check(slice.get(), problems);
        }
        return problems;
    }

    private static void tooMany(TopologyPlan plan, Class<? extends Step> type, String mark, List<String> problems) {
        long marks = plan.nodes().stream()
                .filter(node -> type.isInstance(node.step()))
                .count();
        if (marks > 1) {
            problems.add(mark + " stands " + marks + " times: a topology has one slice, so keep one of them");
        }
    }

    private void check(Slice slice, List<String> problems) {
        for (int id : new TreeSet<>(slice.nodes())) {
            Node node = plan.nodes().get(id);
            Step step = node.step();
            if (step instanceof Step.JoinStep join && needsAll(node)) {
                problems.add("join '" + join.name()
                        + "' may have to wait for all items to know that a key does not come, but stands"
                        + " inside the slice, of which each worker sees a part: put it behind gather(), or join stages that the"
                        + " same flatMap or branch made");
            } else if (step instanceof Step.KeepStep) {
                problems.add(
                        "keepValues() stands inside the slice, but values are kept in the JVM of the caller: put it"
                                + " behind gather(), or leave gather() out");
            } else if (needsAll(node)) {
                problems.add(label(id)
                        + " needs all items in order, but stands inside the slice, of which each worker sees a"
                        + " part: put it before partition(..) or behind gather()");
            }
            if (slice.exit().isPresent() && step instanceof Step.ExpandStep) {
                problems.add("flatMap " + label(id)
                        + " stands between partition(..) and gather(): what leaves a slice in the"
                        + " middle must be one item for each that enters, so put it before or behind");
            }
            boolean sink = step instanceof Step.WorkStep work && work.role() == Step.Role.SINK;
            if (slice.exit().isPresent() && sink) {
                problems.add("sink " + label(id)
                        + " stands between partition(..) and gather(), beside what leaves the slice: make it"
                        + " a map, so that its effect is in the worker, or put it before or behind");
            }
            for (int input : node.inputs()) {
                if (input != slice.entry() && !slice.nodes().contains(input)) {
                    problems.add(label(id) + " stands inside the slice but takes from " + label(input)
                            + ", which stands outside: join them before partition(..) or behind gather()");
                }
            }
        }
        slice.exit().ifPresent(exit -> checkLeaving(slice, exit, problems));
        if (slice.exit().isEmpty() && !slice.nodes().contains(plan.output())) {
            problems.add("the output does not come from the slice: add gather() where the slice ends");
        }
    }

    private void checkLeaving(Slice slice, int exit, List<String> problems) {
        for (Node node : plan.nodes()) {
            for (int input : node.inputs()) {
                boolean leaves = slice.nodes().contains(input)
                        && input != exit
                        && !slice.nodes().contains(node.id());
                if (leaves) {
                    problems.add(label(node.id()) + " takes from " + label(input)
                            + " inside the slice without passing gather(): let it take from the gathered stage");
                }
            }
        }
        if (slice.nodes().contains(plan.output()) && plan.output() != exit) {
            problems.add("the output does not pass gather(): build the topology from a stage behind it");
        }
    }

    private String label(int id) {
        int at = id;
        while (plan.nodes().get(at).name().isEmpty()
                && !plan.nodes().get(at).inputs().isEmpty()) {
            at = plan.nodes().get(at).inputs().get(0);
        }
        return "'" + plan.nodes().get(at).name() + "'";
    }
}
