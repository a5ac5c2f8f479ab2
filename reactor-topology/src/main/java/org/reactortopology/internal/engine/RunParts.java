package org.reactortopology.internal.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.reactortopology.QueueDepth;
import org.reactortopology.internal.lane.Bound;
import org.reactortopology.internal.lane.QueueGauge;
import org.reactortopology.spi.Constants;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Partials;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import org.reactortopology.spi.WorkWatch;

/** What the operators of one run share, and what can be seen of them from outside while they run. */
final class RunParts {

    private final TopologyPlan plan;
    private final WorkStats stats;
    private final Constants constants;
    private final Partials partials;
    private final @Nullable WorkWatch watch;

    /** Written while the run is put together, read by anyone. */
    private final List<QueueGauge> gauges = new CopyOnWriteArrayList<>();

    private final List<Hop> hops = new CopyOnWriteArrayList<>();

    RunParts(TopologyPlan plan, WorkStats stats, Constants constants, Partials partials, @Nullable WorkWatch watch) {
        this.plan = plan;
        this.stats = stats;
        this.constants = constants;
        this.partials = partials;
        this.watch = watch;
    }

    TopologyPlan plan() {
        return plan;
    }

    WorkStats stats() {
        return stats;
    }

    Call call(Node work) {
        Step.WorkStep step = (Step.WorkStep) work.step();
        return new Call(step, plan.works().indexOf(step), constants, partials, watch);
    }

    QueueGauge gauge(String edge, Bound<?> bound) {
        QueueGauge gauge = new QueueGauge(edge, bound.items(), bound.weight());
        gauges.add(gauge);
        return gauge;
    }

    void hop(Hop hop) {
        hops.add(hop);
    }

    List<QueueDepth> queues() {
        return gauges.stream().map(RunParts::depth).toList();
    }

    List<Hop.Running> running() {
        return hops.stream().flatMap(hop -> hop.running().stream()).toList();
    }

    private static QueueDepth depth(QueueGauge gauge) {
        return new QueueDepth(
                gauge.edge(), gauge.depth(), gauge.capacity(), gauge.highest(), gauge.weight(), gauge.maxWeight());
    }
}
