package org.reactortopology.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactortopology.Branch;
import org.reactortopology.Partitioning;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.spi.Slice;
import org.reactortopology.spi.TopologyPlan;

/** Which part of a topology workers run. */
class SlicesTest {

    private final Stage<Long> numbers = Topology.named("slices").source("numbers", Series.range(0, 10, 1));

    @Test
    void withoutMarksAllBehindTheSource() {
        assertThat(slice(numbers.map("a", cpu(n -> n)).flatMap("b", cpu(List::of))))
                .containsExactly("a", "b");
    }

    @Test
    void betweenTheMarks() {
        assertThat(slice(numbers.map("before", cpu(n -> n))
                        .partition(Partitioning.onDemand())
                        .map("a", cpu(n -> n))
                        .map("b", cpu(n -> n))
                        .gather()
                        .map("after", cpu(n -> n))))
                .containsExactly("a", "b");
    }

    @Test
    void worksOverTheOrderOfTheSourceStayOutside() {
        assertThat(slice(numbers.successive("pairs")
                        .map("a", cpu(pair -> pair.first()))
                        .map("b", cpu(n -> n))
                        .ordered(3)
                        .map("after", cpu(n -> n))))
                .containsExactly("a", "b");
    }

    @Test
    void nothingIsLeftWhenOnlySuchWorksStandThere() {
        TopologyPlan plan = numbers.successive("pairs").build().plan();

        assertThat(plan.slice()).isEmpty();
    }

    @Test
    void aTopologyWithoutWorksHasNoSlice() {
        assertThat(numbers.build().plan().slice()).isEmpty();
    }

    @Test
    void aSliceEndsWhereAllItemsPassOnePoint() {
        Stage<Long> left = numbers.map("left", cpu(n -> n));
        Stage<Long> right = numbers.map("right", cpu(n -> n));

        assertThat(slice(left.joinByKey("join", right, Long::sum).window("window", 2, 2)))
                .containsExactly("left", "right", "join");
    }

    @Test
    void aJoinThatMayHaveToWaitForTheEndStaysOutside() {
        Stage<Long> children = numbers.flatMap("split", cpu(List::of), (child, position) -> "child " + child);

        TopologyPlan plan = numbers.map("first", cpu(n -> n))
                .map("a", cpu(n -> n))
                .joinByKey("join", children, Long::sum)
                .build()
                .plan();

        assertThat(plan.slice()).isEmpty();
    }

    @Test
    void aJoinOfWhatOneFlatMapAndOneWholeBranchMadeStaysInside() {
        Stage<Long> children = numbers.flatMap("split", cpu(List::of));
        Branch<Long, Way> ways = children.branch("choose", Way.class, cpu(n -> Way.LEFT));
        Stage<Long> merged = ways.on(Way.LEFT).map("left", cpu(n -> n)).merge("merge", ways.on(Way.RIGHT));

        assertThat(slice(children.map("a", cpu(n -> n)).joinByKey("join", merged, Long::sum)))
                .containsExactly("split", "choose", "left", "merge", "a", "join");
    }

    @Test
    void anOutputBesideWhatNeedsOrderStaysOutsideToo() {
        Stage<Long> first = numbers.map("first", cpu(n -> n));
        first.ordered(3).sink("sink", cpu(n -> n));

        assertThat(slice(first.filter("output", cpu(n -> true)))).containsExactly("first");
    }

    private enum Way {
        LEFT,
        RIGHT
    }

    private static List<String> slice(Stage<?> stage) {
        TopologyPlan plan = stage.build().plan();
        Slice slice = plan.slice().orElseThrow();
        return plan.nodes().stream()
                .filter(node ->
                        slice.nodes().contains(node.id()) && !node.name().isEmpty())
                .map(node -> node.name())
                .toList();
    }
}
