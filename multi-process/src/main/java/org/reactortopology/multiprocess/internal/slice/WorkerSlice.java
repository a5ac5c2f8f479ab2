package org.reactortopology.multiprocess.internal.slice;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.reactortopology.Aggregate;
import org.reactortopology.Once;
import org.reactortopology.Partitioning;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Slice;
import org.reactortopology.spi.Source;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;

/** The part of a plan that workers run, and what stands around it. */
public record WorkerSlice(TopologyPlan plan, Slice slice) {

    /** The slice of a plan; empty if there is none. */
    public static Optional<WorkerSlice> of(TopologyPlan plan) {
        return plan.slice().map(slice -> new WorkerSlice(plan, slice));
    }

    /** Places of its works among those of the plan, in order. */
    public List<Integer> works() {
        List<Step.WorkStep> all = plan.works();
        return inside().works().stream().map(all::indexOf).toList();
    }

    /** Names of its aggregates, in the order of the plan. */
    public List<String> aggregates() {
        return inside().aggregates().stream().map(Aggregate::name).toList();
    }

    /** The values that its works need, in the order of the plan. */
    public List<Once<?>> onces() {
        return inside().onces();
    }

    /** The nodes inside as a plan, for asking what is in it. */
    public TopologyPlan inside() {
        return plan.with(plan.nodes().stream()
                .filter(node -> slice.nodes().contains(node.id()))
                .toList());
    }

    /** Name of what stands before it: items that cannot go to a worker fail there. */
    public String nameBefore() {
        return name(slice.entry());
    }

    /** Name of its last work: items that cannot come back fail there. */
    public String lastName() {
        List<Step.WorkStep> works = inside().works();
        return works.isEmpty() ? nameBefore() : works.get(works.size() - 1).name();
    }

    /** Whether a step inside does something with items that ended before: the others pass by the workers. */
    public boolean takesEnded() {
        return inside().nodes().stream()
                .map(Node::step)
                .anyMatch(step -> step instanceof Step.FailuresStep
                        || (step instanceof Step.WorkStep work && work.role() == Step.Role.RECOVER));
    }

    /** Whether items come straight from the source, which gives them to nobody else. */
    public boolean startsAtSource() {
        int at = slice.entry();
        boolean only = slice.nodes().containsAll(plan.consumers(at));
        while (only && at != plan.output() && at != 0) {
            only = plan.nodes().get(at).step() instanceof Step.PartitionStep;
            at = plan.nodes().get(at).inputs().get(0);
            only = only && plan.consumers(at).size() == 1;
        }
        return only && at != plan.output();
    }

    /** Whether an item's index names it alone: nothing before the slice makes several of one, or new ones. */
    public boolean keepsIndexes() {
        return plan.nodes().subList(0, slice.entry() + 1).stream()
                .map(Node::step)
                .noneMatch(step -> step instanceof Step.ExpandStep
                        || step instanceof Step.WindowStep
                        || step instanceof Step.TransformStep);
    }

    /** Whether a step behind needs the order of the source, so that only so many items may be on their way to it. */
    public boolean isOrderedBehind() {
        Set<Integer> behind = new HashSet<>(slice.nodes());
        boolean ordered = false;
        for (Node node : plan.nodes()) {
            if (!slice.nodes().contains(node.id()) && node.inputs().stream().anyMatch(behind::contains)) {
                behind.add(node.id());
                ordered |= node.step() instanceof Step.OrderedStep || node.step() instanceof Step.WindowStep;
            }
        }
        return ordered;
    }

    /** Whether workers run everything but the source. */
    public boolean isAll() {
        boolean nothingElse = plan.nodes().stream()
                .allMatch(node -> slice.nodes().contains(node.id())
                        || node.step() instanceof Step.SourceStep
                        || node.step() instanceof Step.PartitionStep);
        boolean leavesAtOutput = slice.exit().isEmpty() || slice.exit().getAsInt() == plan.output();
        return nothingElse && leavesAtOutput && startsAtSource();
    }

    /** The series that the workers' items come straight from, if it may be read from anywhere. */
    public Optional<Source.OfSeries> series() {
        return startsAtSource() && !isOrderedBehind() && plan.source() instanceof Source.OfSeries series
                ? Optional.of(series)
                : Optional.empty();
    }

    /** How items are shared out. */
    public Partitioning partitioning() {
        return plan.partitioning();
    }

    private String name(int id) {
        int at = id;
        while (plan.nodes().get(at).name().isEmpty()) {
            at = plan.nodes().get(at).inputs().get(0);
        }
        return plan.nodes().get(at).name();
    }
}
