package org.reactortopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.spi.Step;
import reactor.core.publisher.Flux;

class TopologyBuildTest {

    private static final Work<Long, Long> WORK = Work.cpu(n -> n);

    @Test
    void everyProblemIsReportedAtOnce() {
        InvalidTopologyException thrown = problems(Topology.named(" ")
                .source("a", Series.range(0, 1, 1))
                .map("b", WORK)
                .queue(Capacity.bounded(1))
                .queue(Capacity.bounded(2))
                .map("a", WORK)
                .map("", WORK));

        assertThat(thrown.problems())
                .containsExactly(
                        "its name is blank: give it one that reports and logs can show",
                        "the name 'a' is used twice: outcomes and reports name works, so rename one of the two",
                        "a source or work has a blank name: give it one that reports and logs can show",
                        "two queues follow each other: one queue of the sum of their capacities does the same");
        assertThat(thrown).hasMessage("""
                        topology ' ' is not valid: 4 problems
                          - its name is blank: give it one that reports and logs can show
                          - the name 'a' is used twice: outcomes and reports name works, so rename one of the two
                          - a source or work has a blank name: give it one that reports and logs can show
                          - two queues follow each other: one queue of the sum of their capacities does the same""");
    }

    @Test
    void oneProblemStandsOnOneLine() {
        assertThat(problems(start().map("b", WORK).map("b", WORK)))
                .hasMessage("topology 'numbers' is not valid: the name 'b' is used twice: "
                        + "outcomes and reports name works, so rename one of the two");
    }

    @Test
    void aQueueAfterAQueueIsNoticedAlsoRightAfterTheSource() {
        assertThat(problems(start().queue(Capacity.bounded(1)).queue(Capacity.bounded(1)))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("two queues follow each other");
    }

    @Test
    void aStageIsImmutable() {
        Stage<Long> stage = start().map("b", WORK);

        assertThat(stage.map("c", WORK).build().plan().works())
                .extracting(Step.WorkStep::name)
                .containsExactly("b", "c");
        assertThat(stage.build().plan().works()).extracting(Step.WorkStep::name).containsExactly("b");
    }

    @Test
    void nothingMayBeNull() {
        assertThatNullPointerException().isThrownBy(() -> Topology.named(null));
        assertThatNullPointerException()
                .isThrownBy(() -> Topology.named("a").source(null, Series.range(0, 1, 1)))
                .withMessage("sourceName");
        assertThatNullPointerException()
                .isThrownBy(() -> Topology.named("a").source("s", (Series<Long>) null))
                .withMessage("series");
        assertThatNullPointerException()
                .isThrownBy(() -> Topology.named("a").source("s", Flux.just(1L), null))
                .withMessage("key");
        assertThatNullPointerException()
                .isThrownBy(() -> start().map(null, WORK))
                .withMessage("name");
        assertThatNullPointerException()
                .isThrownBy(() -> start().map("a", (Work<Long, Long>) null))
                .withMessage("work");
        assertThatNullPointerException().isThrownBy(() -> start().queue(null)).withMessage("capacity");
        assertThatNullPointerException().isThrownBy(() -> Work.cpu(null)).withMessage("function");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aWorkRunsAtLeastOneItem(int items) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WORK.concurrency(items))
                .withMessage("concurrency is " + items + ": a work runs at least 1 item at once");
    }

    @ParameterizedTest
    @EnumSource
    void aLimitLeavesTheWorkAsItWas(WorkKind kind) {
        Work<Long, Long> work = switch (kind) {
            case CPU -> Work.cpu(n -> n);
            case IO -> Work.io(n -> n);
            case ASYNC -> Work.async(Flux::just);
        };

        Work<Long, Long> limited = work.concurrency(3);

        assertThat(work.kind()).isEqualTo(kind);
        assertThat(work.concurrency()).isEmpty();
        assertThat(limited.kind()).isEqualTo(kind);
        assertThat(limited.concurrency()).hasValue(3);
        assertThat(limited.function(null)).isSameAs(work.function(null));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, (1 << 20) + 1, Integer.MAX_VALUE})
    void aQueueIsBounded(int items) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Capacity.bounded(items))
                .withMessage("queue capacity is " + items + ": a queue holds from 1 to 1048576 items");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1 << 20})
    void theBoundsOfABoundAreAllowed(int items) {
        assertThat(Capacity.bounded(items).items()).isEqualTo(items);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aParallelRunNeedsAThread(int threads) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParallelExecutor.threads(threads))
                .withMessage("threads is " + threads + ": a run needs at least 1 thread");
    }

    private static Stage<Long> start() {
        return Topology.named("numbers").source("source", Series.range(0, 1, 1));
    }

    private static InvalidTopologyException problems(Stage<?> stage) {
        return catchThrowableOfType(InvalidTopologyException.class, stage::build);
    }
}
