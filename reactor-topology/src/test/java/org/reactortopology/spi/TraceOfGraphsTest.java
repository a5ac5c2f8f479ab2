package org.reactortopology.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.Keyed;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import reactor.core.publisher.Flux;

/** What an observer is told of items that have parts, children and rounds. */
class TraceOfGraphsTest extends TracedRuns {

    @ParameterizedTest
    @MethodSource("executors")
    void branchesOfAFanOutShareATrace(TopologyExecutor executor) {
        Stage<Long> first = numbers(200).map("first", cpu(TracedRuns::busy));
        Stage<Long> left = first.map("left", cpu(TracedRuns::busy));
        Stage<Long> right = first.map("right", cpu(TracedRuns::busy));
        Topology<Long> topology = left.joinByKey("both", right, (l, r) -> busy(l + r))
                .map("last", cpu(TracedRuns::busy))
                .build();

        run(executor, topology);

        assertThat(topology.plan().works()).hasSize(5);
        assertThat(told).hasSize(200);
        assertThat(told.keySet()).allSatisfy(key -> assertTrace(key, 1, 0, 1, 2, 3, 4));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void branchesThatEndApartAreOneItem(TopologyExecutor executor) {
        Stage<Long> numbers = numbers(50).map("first", cpu(TracedRuns::busy));
        Stage<Long> beside = numbers.sink("beside", cpu(TracedRuns::busy));
        run(executor, beside.map("main", cpu(TracedRuns::busy)).build());

        assertThat(told).hasSize(50);
        assertThat(told.keySet()).allSatisfy(key -> assertTrace(key, 1, 0, 1, 2));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void childrenHaveTracesOfTheirOwn(TopologyExecutor executor) {
        run(
                executor,
                numbers(20)
                        .flatMap("split", cpu(n -> List.of(busy(n), busy(n))))
                        .map("each", cpu(TracedRuns::busy))
                        .build());

        assertThat(told).hasSize(20 * 3);
        told.keySet().forEach(key -> assertTrace(key, 1, key.contains("/") ? 1 : 0));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void windowsHaveTracesOfTheirOwn(TopologyExecutor executor) {
        run(
                executor,
                numbers(4)
                        .map("before", cpu(TracedRuns::busy))
                        .window("two", 2, 2)
                        .map("each", cpu(list -> busy(list.get(0))))
                        .build());

        assertThat(told).containsOnlyKeys("0", "1", "2", "3", "0..1", "2..3");
        told.keySet().forEach(key -> assertTrace(key, 1, key.contains("..") ? 1 : 0));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void whatAnOperatorEmitsKeepsItsTraceOrHasItsOwn(TopologyExecutor executor) {
        run(
                executor,
                numbers(3)
                        .map("before", cpu(TracedRuns::busy))
                        .transform("more", flux -> Flux.concat(Flux.just(new Keyed<>("first", 9L)), flux))
                        .map("behind", cpu(TracedRuns::busy))
                        .build());

        assertThat(told).containsOnlyKeys("0", "1", "2", "first");
        assertTrace("first", 1, 1);
        List.of("0", "1", "2").forEach(key -> assertTrace(key, 1, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void aLoopAddsItsRounds(TopologyExecutor executor) {
        run(
                executor,
                numbers(1)
                        .loop("round", 5, body -> body.map("add", cpu(n -> busy(n) + 1)), cpu(n -> n >= 3))
                        .build());

        assertThat(of("0").nanos()[0]).isGreaterThanOrEqualTo(3 * NANOS);
        assertThat(of("0").attempts()).isOne();
    }
}
