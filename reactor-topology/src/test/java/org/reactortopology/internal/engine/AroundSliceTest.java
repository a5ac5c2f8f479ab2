package org.reactortopology.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Once;
import org.reactortopology.Outcome;
import org.reactortopology.Partitioning;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyBuilder;
import org.reactortopology.Work;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.SliceEngine;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import reactor.core.publisher.Flux;

/** An engine for what stands around a slice, and one for the slice. */
@Timeout(60)
class AroundSliceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> computed = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whatLeavesTheSliceMayGoSeveralWays() {
        Stage<Long> gathered = Topology.named("fan")
                .source("numbers", Series.range(0, 10, 1))
                .partition(Partitioning.onDemand())
                .map("work", Work.cpu((Long n) -> n))
                .gather();
        Topology<Long> topology = gathered.map("left", Work.cpu((Long n) -> n + 1))
                .joinByKey("join", gathered.map("right", Work.cpu((Long n) -> 2 * n)), Long::sum)
                .build();

        assertThat(around(topology.plan(), items -> items))
                .hasSize(10)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Done.class));
    }

    @Test
    void childrenMadeElsewhereAreCounted() {
        Topology<Long> topology = Topology.named("children")
                .source("numbers", Series.range(0, 3, 1))
                .sink("store", Work.cpu((Long n) -> n))
                .partition(Partitioning.onDemand())
                .flatMap("split", Work.cpu((Long n) -> List.of(n, n)))
                .build();

        List<Outcome<Object>> outcomes = around(
                topology.plan(),
                items -> items.map(item -> new Item(
                        item.key(),
                        item.index(),
                        null,
                        new Outcome.Consumed<>(item.key(), item.index(), "split", 2),
                        item.lineage())));

        assertThat(outcomes)
                .hasSize(3)
                .allSatisfy(outcome -> assertThat(((Outcome.Consumed<Object>) outcome).children())
                        .isEqualTo(2));
    }

    @Test
    void aValueThatOnlyTheOtherPartNeedsIsNotComputed() {
        TopologyBuilder builder = Topology.named("once");
        Once<Long> inside = builder.oncePerWorker("inside", () -> noted("inside"));
        Once<Long> outside = builder.once("outside", () -> noted("outside"));
        Topology<Long> topology = builder.source("numbers", Series.range(0, 3, 1))
                .partition(Partitioning.onDemand())
                .map("work", inside.cpu((Long one, Long n) -> n + one))
                .gather()
                .map("tail", outside.cpu((Long one, Long n) -> n + one))
                .build();

        around(topology.plan(), items -> items);
        assertThat(computed).containsExactly("outside");

        computed.clear();
        SliceEngine slice = SliceEngine.slice(topology.plan(), new WorkStats(topology.plan()), 1, Map.of());
        slice.run(Flux.just(Item.of("0", 0, 0L)), Function.identity(), Item::value)
                .blockLast(PATIENCE);
        slice.release().block(PATIENCE);
        assertThat(computed).containsExactly("inside");
    }

    /** The source of a series can be polled; a step that needs order lets items pass one by one. */
    @Test
    void orderRightBehindASeries() {
        Topology<Long> topology = Topology.named("ordered")
                .source("numbers", Series.range(0, 100, 1))
                .map("work", Work.cpu((Long n) -> n))
                .ordered(8)
                .map("tail", Work.cpu((Long n) -> n))
                .build();

        assertThat(SequentialExecutor.create()
                        .run(topology)
                        .outcomes()
                        .map(Outcome::index)
                        .collectList()
                        .block(PATIENCE))
                .hasSize(100)
                .isSorted();
    }

    private Long noted(String name) {
        computed.add(name);
        return 1L;
    }

    private static List<Outcome<Object>> around(TopologyPlan plan, Function<Flux<Item>, Flux<Item>> slice) {
        SliceEngine engine = SliceEngine.around(plan, new WorkStats(plan), 1, Map.of(), slice);
        Flux<Item> items =
                Flux.range(0, 10).take(plan.name().equals("fan") ? 10 : 3).map(i -> Item.of("" + i, i, (long) i));
        List<Outcome<Object>> outcomes = engine.run(items, Function.identity(), Item::outcome)
                .collectList()
                .block(PATIENCE);
        engine.release().block(PATIENCE);
        return outcomes;
    }
}
