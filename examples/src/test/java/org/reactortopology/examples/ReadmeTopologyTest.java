package org.reactortopology.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Capacity.bounded;
import static org.reactortopology.Work.cpu;
import static org.reactortopology.Work.io;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import reactor.core.publisher.Flux;

/** The topology that the README shows: what stands between the markers is compared with it, and runs here. */
class ReadmeTopologyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static Stream<TopologyExecutor> executors() {
        return Stream.of(SequentialExecutor.create(), ParallelExecutor.threads(2));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void everyNumberHasItsOutcome(TopologyExecutor executor) {
        Map<Long, String> store = new ConcurrentHashMap<>();

        // readme:begin
        Topology<String> reciprocals = Topology.named("reciprocals")
                .source("numbers", Series.range(-2, 3, 1)) // -2, -1, 0, 1, 2
                .map("divide", cpu((Long n) -> 100 / n)) // 0 fails: it keeps its key, the others go on
                .queue(bounded(8)) // holds 8 items, then the work before it waits
                .map("store", io((Long quotient) -> store.computeIfAbsent(quotient, q -> "1/n = " + q + " %")))
                .build();

        Flux<Outcome<String>> outcomes = executor.run(reciprocals).outcomes(); // runs when it is subscribed to
        // readme:end

        List<Outcome<String>> ended = outcomes.sort(Comparator.comparing(Outcome::index))
                .collectList()
                .block(PATIENCE);
        assertThat(ended).hasSize(5);
        assertThat(ended.get(0)).isEqualTo(new Outcome.Done<>("-2", 0, "1/n = -50 %"));
        assertThat(ended.get(1)).isEqualTo(new Outcome.Done<>("-1", 1, "1/n = -100 %"));
        assertThat(ended.get(2)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.summary()).isEqualTo("work 'divide' failed for key '0': / by zero");
            assertThat(failed.cause()).isInstanceOf(ArithmeticException.class);
        });
        assertThat(ended.get(3)).isEqualTo(new Outcome.Done<>("1", 3, "1/n = 100 %"));
        assertThat(ended.get(4)).isEqualTo(new Outcome.Done<>("2", 4, "1/n = 50 %"));
        assertThat(store).containsOnlyKeys(-50L, -100L, 100L, 50L);
    }
}
