package org.reactortopology.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.spi.Constants;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Partials;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;

/** When a hop takes itself for quick. */
class HopRunTest {

    /** More than the measurements that it takes. */
    private static final int ITEMS = 1_000;

    @Test
    void whatIsDoneBeforeTheWorksCounts() {
        assertThat(quickAfter(HopRunTest::slowly, item -> item)).isFalse();
    }

    @Test
    void whatIsDoneBehindTheWorksCounts() {
        assertThat(quickAfter(item -> item, HopRunTest::slowly)).isFalse();
    }

    private static boolean quickAfter(UnaryOperator<Item> before, UnaryOperator<Item> after) {
        TopologyPlan plan = Topology.named("quick")
                .source("numbers", Series.range(0, ITEMS, 1))
                .map("same", cpu((Long n) -> n))
                .build()
                .plan();
        WorkStats stats = new WorkStats(plan);
        RunParts parts = new RunParts(plan, stats, Constants.compute(plan, Map.of(), false), new Partials(plan), null);
        Node work = plan.nodes().get(1);
        Hop hop = new Hop(
                Link.all(List.of(new Segment.One(work)), parts::call),
                input -> before.apply((Item) input),
                after::apply,
                stats,
                ThreadContext.NONE);
        HopRun run = new HopRun(hop);
        for (int i = 0; i < ITEMS; i++) {
            run.apply(Item.of(Integer.toString(i), i, (long) i));
        }
        return run.isQuick();
    }

    /** Longer than what is quick. */
    private static Item slowly(Item item) {
        long end = System.nanoTime() + 5_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return item;
    }
}
