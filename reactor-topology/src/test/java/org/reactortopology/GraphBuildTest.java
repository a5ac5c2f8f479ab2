package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.reactortopology.Capacity.bounded;
import static org.reactortopology.Work.cpu;

import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What build() refuses, and in which words. */
class GraphBuildTest {

    enum Way {
        LEFT,
        RIGHT,
        BOTH
    }

    private final TopologyBuilder builder = Topology.named("graph");
    private final Stage<Long> numbers = builder.source("numbers", Series.range(0, 10, 1));

    @Test
    void aStageThatNobodyTakesFrom() {
        numbers.map("lonely", cpu(n -> n));

        assertThat(problems(numbers.map("b", cpu(n -> n))))
                .containsExactly("'lonely' is not consumed: build from it, join or merge it, or end it in a sink");
    }

    @Test
    void aRouteThatNobodyTakes() {
        Branch<Long, Way> ways = numbers.branch("choose", Way.class, cpu(n -> Way.LEFT));

        assertThat(problems(ways.on(Way.LEFT).merge("both", ways.on(Way.RIGHT))))
                .containsExactly(
                        "route BOTH of branch 'choose' is not consumed: build from it, join or merge it, or end it in a sink");
    }

    @Test
    void aSinkIsConsumption() {
        numbers.map("a", cpu(n -> n)).sink("log", cpu(n -> n));

        assertThat(numbers.map("b", cpu(n -> n)).build().plan().works())
                .extracting(work -> work.name())
                .containsExactly("a", "log", "b");
    }

    @Test
    void valuesThatCannotBeKept() {
        assertThat(problems(numbers().keepValues().map("a", cpu(n -> n)).keepValues()))
                .containsExactly(
                        "keepValues() stands more than once: one value is kept of an item, so keep one of them");
        assertThat(problems(numbers().flatMap("split", cpu(n -> List.of(n, n))).keepValues()))
                .singleElement()
                .asString()
                .startsWith("keepValues() behind 'split' needs every item of the source as itself");
        assertThat(problems(numbers().window("pairs", 2, 2).keepValues()))
                .singleElement()
                .asString()
                .startsWith("keepValues() behind 'pairs' needs every item of the source as itself");
        assertThat(problems(numbers()
                        .partition(Partitioning.ON_DEMAND)
                        .map("a", cpu(n -> n))
                        .keepValues()
                        .map("b", cpu(n -> n))
                        .gather()))
                .containsExactly("keepValues() stands inside the slice, but values are kept in the JVM of the caller:"
                        + " put it behind gather(), or leave gather() out");
    }

    private static Stage<Long> numbers() {
        return Topology.named("graph").source("numbers", Series.range(0, 10, 1));
    }

    @Test
    void aMergeOfThePartsOfAnItem() {
        assertThat(problems(numbers.map("a", cpu(n -> n)).merge("both", numbers.map("b", cpu(n -> n)))))
                .singleElement()
                .asString()
                .startsWith("merge 'both' would bring each key twice, from 'a' and from 'b': join the parts");
    }

    @Test
    void aMergeOfRoutesOrOfItemsWithOtherKeysIsFine() {
        Branch<Long, Way> ways = numbers.branch("choose", Way.class, cpu(n -> Way.LEFT));
        Stage<Long> merged =
                ways.on(Way.LEFT).map("a", cpu(n -> n)).merge("all", ways.on(Way.RIGHT), ways.on(Way.BOTH));

        assertThat(problems(merged.merge("more", numbers.flatMap("split", cpu(List::of)))))
                .isEmpty();
    }

    @Test
    void aJoinOfRoutesOrOfDifferentKeys() {
        Branch<Long, Way> ways = numbers.branch("choose", Way.class, cpu(n -> Way.LEFT));
        ways.on(Way.BOTH).sink("rest", cpu(n -> n));
        Stage<Long> join = ways.on(Way.LEFT)
                .map("a", cpu(n -> n))
                .joinByKey("join", ways.on(Way.RIGHT).map("b", cpu(n -> n)), Long::sum);
        Stage<Long> other = join.joinByKey(
                "other", numbers.<Long>flatMap("split", cpu(List::of)).map("c", cpu(n -> n)), Long::sum);

        assertThat(problems(other))
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(
                                        "the sides 'a' and 'b' of join 'join' cannot meet, because no key comes on both"),
                        second ->
                                assertThat(second).startsWith("the sides 'join' and 'c' of join 'other' cannot meet"));
    }

    @Test
    void orderWhereSomeItemsNeverCome() {
        Branch<Long, Way> ways = numbers.branch("choose", Way.class, cpu(n -> Way.LEFT));
        Stage<Long> ordered = ways.on(Way.LEFT).ordered(4).map("a", cpu(n -> n));
        Stage<List<Long>> window = ways.on(Way.RIGHT).window("window", 2, 1);
        window.sink("end", cpu(n -> n));
        ways.on(Way.BOTH).sink("rest", cpu(n -> n));

        assertThat(problems(ordered))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).startsWith("ordered(..) behind 'choose' needs every item of the source"),
                        two -> assertThat(two).startsWith("window 'window' needs every item of the source in order"));
        assertThat(problems(Topology.named("graph")
                        .source("numbers", Series.range(0, 2, 1))
                        .flatMap("split", cpu(List::of))
                        .ordered(3)))
                .singleElement()
                .asString()
                .startsWith("ordered(..) behind 'split' needs every item");
    }

    @Test
    void orderBehindTheMergeOfAllRoutesIsFine() {
        Branch<Long, Way> ways = numbers.branch("choose", Way.class, cpu(n -> Way.LEFT));

        assertThat(problems(ways.on(Way.LEFT)
                        .merge("all", ways.on(Way.RIGHT), ways.on(Way.BOTH))
                        .window("w", 2, 2)
                        .ordered(4)))
                .isEmpty();
    }

    @Test
    void stagesOfTwoBuilders() {
        Stage<Long> other = Topology.named("other").source("more", Series.range(0, 3, 1));

        assertThat(problems(numbers.map("a", cpu(n -> n)).joinByKey("join", other, Long::sum)))
                .containsExactly(
                        "'a' takes from 'more', which belongs to another topology: a topology has one source; describe both with one builder");
    }

    @Test
    void twoSources() {
        Stage<Long> other = builder.source("more", Flux.just(1L), Object::toString);

        assertThat(problems(numbers.merge("both", other)))
                .contains("it has several sources: a topology has one; merge them before, or make a topology of each");
    }

    @Test
    void whatNeedsAllItemsInsideASlice() {
        assertThat(problems(numbers.partition(Partitioning.onDemand())
                        .successive("pairs")
                        .<Long>transform("sort", flux -> flux.map(pair -> pair.with(1L)))
                        .gather()
                        .map("after", cpu(n -> n))))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("'pairs' needs all items in order, but stands inside the slice"),
                        two -> assertThat(two).startsWith("'sort' needs all items in order"));
    }

    @Test
    void marksThatCutTheGraphElsewhereThanAtOnePoint() {
        Stage<Long> inside = numbers.partition(Partitioning.onDemand()).map("inside", cpu(n -> n));
        Stage<Long> beside = numbers.map("beside", cpu(n -> n));
        Stage<Long> joined = inside.joinByKey("join", beside, Long::sum).gather();

        assertThat(problems(joined.joinByKey("late", inside, Long::sum)))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).startsWith("'inside' stands inside the slice but takes from 'beside'"),
                        two -> assertThat(two).contains("inside the slice without passing gather()"));
    }

    @Test
    void marksThatAreTwiceOrEmpty() {
        Stage<Long> twice =
                numbers.partition(Partitioning.onDemand()).map("a", cpu(n -> n)).partition(Partitioning.contiguous());
        assertThat(problems(twice))
                .containsExactly("partition(..) stands 2 times: a topology has one slice, so keep one of them");

        assertThat(problems(Topology.named("graph")
                        .source("numbers", Series.range(0, 2, 1))
                        .partition(Partitioning.onDemand())
                        .flatMap("split", cpu(List::of))
                        .gather()))
                .singleElement()
                .asString()
                .startsWith("flatMap 'split' stands between partition(..) and gather()");

        assertThat(problems(Topology.named("graph")
                        .source("numbers", Series.range(0, 2, 1))
                        .partition(Partitioning.onDemand())
                        .map("a", cpu(n -> n))
                        .sink("log", cpu(n -> n))
                        .gather()))
                .singleElement()
                .asString()
                .startsWith("sink 'log' stands between partition(..) and gather()");
    }

    @Test
    void loopsWhoseBodyIsNotOneToOneOrComesFromElsewhere() {
        Stage<Long> split = numbers.loop("loop", 3, body -> body.flatMap("split", cpu(List::of)), cpu(n -> true));
        assertThat(problems(split))
                .singleElement()
                .asString()
                .startsWith("'split' stands in the body of loop 'loop', where items must stay one to one");

        Stage<Long> other = Topology.named("graph").source("numbers", Series.range(0, 2, 1));
        assertThat(problems(other.loop("loop", 3, body -> other.map("aside", cpu(n -> n)), cpu(n -> true))))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("the body of loop 'loop' does not come from the stage that it was given"));
    }

    @Test
    void numbersOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> numbers.window("w", 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> numbers.window("w", 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> numbers.ordered(0));
        assertThatIllegalArgumentException().isThrownBy(() -> numbers.queue(bounded(1), 0, n -> n));
        assertThatIllegalArgumentException().isThrownBy(() -> numbers.loop("l", 0, body -> body, cpu(n -> true)));
        assertThatIllegalArgumentException().isThrownBy(() -> cpu(n -> n).concurrency(Work.MAX_CONCURRENCY + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> cpu(n -> n).timeout(java.time.Duration.ZERO));
    }

    @Test
    void severalTopologiesFromTheSameStages() {
        Stage<Long> common = numbers.map("common", cpu(n -> n + 1)).sink("seen", cpu(n -> n));
        Topology<Long> doubled = common.map("double", cpu(n -> 2 * n)).build();
        Topology<Long> negated = common.map("negate", cpu(n -> -n)).build();

        assertThat(doubled.describe()).contains("seen", "double").doesNotContain("negate");
        assertThat(negated.describe()).contains("seen", "negate").doesNotContain("double");
    }

    private static List<String> problems(Stage<?> stage) {
        InvalidTopologyException thrown = catchThrowableOfType(InvalidTopologyException.class, stage::build);
        return thrown == null ? List.of() : thrown.problems();
    }
}
