package org.reactortopology.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reactortopology.Work.async;
import static org.reactortopology.Work.cpu;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class StrictExecutorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Sample(String name, double[] values) {}

    /** Neither a record nor Serializable. */
    private static final class Handle {}

    static List<TopologyExecutor> executors() {
        return List.of(ImmediateExecutor.create(), SequentialExecutor.create(), ParallelExecutor.threads(2));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void aTopologyWithEveryVerbGivesTheSameOutcomes(TopologyExecutor executor) {
        List<Outcome<String>> plain = sorted(SequentialExecutor.create(), everyVerb());

        assertThat(sorted(StrictExecutor.of(executor).seed(3), everyVerb()).toString())
                .isEqualTo(plain.toString());
        assertThat(plain).hasSizeGreaterThan(60);
    }

    private static Topology<String> everyVerb() {
        Stage<Long> numbers = Topology.named("verbs")
                .source("numbers", Series.range(0, 60, 1))
                .map("plus", cpu((Long n) -> n + 1))
                .filter("some", cpu(n -> n % 7 != 0))
                .map("fails", cpu((Long n) -> 1000 / (n % 5)))
                .recover("again", cpu(outcome -> outcome.index() == 4 ? -1L : 1000 / (outcome.index() % 3)));
        Stage<Long> odd = numbers.map("odd", async((Long n) -> Mono.just(2 * n + 1)));
        Stage<Long> both = odd.joinByKey("both", numbers, (a, b) -> a - b)
                .loop("halve", 40, body -> body.map("half", cpu(n -> n / 2)), cpu(n -> n < 10))
                .ordered(2);
        return both.pairs("pairs")
                .flatMap("split", cpu(pair -> List.of("" + pair.first(), "" + pair.second())))
                .mapKeyed("key", (key, text) -> key + "=" + text)
                .build();
    }

    @Test
    void theSameSeedGivesTheSameOrderAndAnotherGivesAnother() {
        List<String> first = keys(StrictExecutor.of(ImmediateExecutor.create()).seed(1));

        assertThat(keys(StrictExecutor.of(ImmediateExecutor.create()).seed(1))).isEqualTo(first);
        assertThat(keys(StrictExecutor.of(ImmediateExecutor.create()).seed(2)))
                .isNotEqualTo(first)
                .containsExactlyInAnyOrderElementsOf(first);
        assertThat(keys(StrictExecutor.of(ImmediateExecutor.create()).window(1)))
                .isEqualTo(keys(ImmediateExecutor.create()))
                .isNotEqualTo(first);
    }

    @Test
    void aWorkThatCountsOnTheOrderIsSeenThroughTheVerifier() {
        List<Long> seen = new CopyOnWriteArrayList<>();
        Topology<Long> topology = numbers(50)
                .map("note", cpu((Long n) -> {
                    seen.add(n);
                    return n;
                }))
                .build();
        sorted(StrictExecutor.of(ImmediateExecutor.create()).seed(1), topology);

        assertThat(seen).hasSize(50).isNotEqualTo(seen.stream().sorted().toList());
    }

    @Test
    void aValueThatIsChangedByTheNextWorkIsTold() {
        Topology<Double> topology = numbers(3)
                .map("sample", cpu((Long n) -> new Sample("s" + n, new double[] {n, 1})))
                .map("normalise", cpu((Sample sample) -> {
                    sample.values()[0] = 99;
                    return sample.values()[1];
                }))
                .build();

        assertThatThrownBy(() -> sorted(
                        StrictExecutor.of(ImmediateExecutor.create()).seed(5).window(1), topology))
                .hasCauseInstanceOf(StrictModeError.class)
                .hasMessageContainingAll(
                        "topology 't' in strict mode, seed 5",
                        "work 'normalise' changed the value that it was given for key '0',"
                                + " from Sample[name=s0, values=[0.0, 1.0]] to Sample[name=s0, values=[99.0, 1.0]]",
                        "and 2 more");
        assertThat(sorted(StrictExecutor.of(ImmediateExecutor.create()).mayChangeItsInput("normalise"), topology))
                .hasSize(3);
    }

    @Test
    void aBufferThatIsUsedAgainIsTold() {
        long[] buffer = new long[1];
        Topology<Long> topology = numbers(2)
                .map("reuse", cpu((Long n) -> {
                    buffer[0] = n;
                    return buffer;
                }))
                .map(
                        "sum",
                        async((long[] values) -> Mono.just(Arrays.stream(values).sum())))
                .build();

        assertThatThrownBy(() ->
                        sorted(StrictExecutor.of(ImmediateExecutor.create()).window(1), topology))
                .hasCauseInstanceOf(StrictModeError.class)
                .hasMessageContaining(
                        "the value that work 'reuse' emitted for key '0' was changed after that, from [0] to [1]");
    }

    @Test
    void aValueThatCannotCrossIsTold() {
        Topology<Long> topology = numbers(1)
                .map("open", cpu((Long n) -> new Handle()))
                .map("use", cpu((Handle handle) -> 1L))
                .build();

        assertThatThrownBy(() -> sorted(StrictExecutor.of(ImmediateExecutor.create()), topology))
                .hasCauseInstanceOf(StrictModeError.class)
                .hasMessageContainingAll(
                        "the value of key '0' that comes into work 'use' cannot be copied",
                        Handle.class.getName() + " is neither a record nor Serializable");
        assertThat(sorted(StrictExecutor.of(ImmediateExecutor.create()).copier(value -> value), topology))
                .hasSize(1);
    }

    @Test
    void theVerifierShowsWhatStrictModeFinds() {
        Topology<Long> topology = numbers(1)
                .map("open", cpu((Long n) -> new Handle()))
                .map("use", cpu((Handle handle) -> 1L))
                .build();

        assertThatThrownBy(() -> TopologyVerifier.of(topology)
                        .strict(9)
                        .expectDone("0", 1L)
                        .expectComplete()
                        .verify())
                .hasMessageContainingAll("seed 9", "expected the run to complete", "comes into work 'use'");
    }

    @Test
    void copiesAreDeep() {
        Sample sample = new Sample("a", new double[] {1});
        Object value = List.of(java.util.Map.of("k", sample), java.util.Optional.of(new StringBuilder("b")));

        Object copy = ValueCopy.of(value);

        assertThat(ValueFingerprint.of(copy)).isEqualTo(ValueFingerprint.of(value));
        sample.values()[0] = 2;
        assertThat(ValueFingerprint.of(copy)).isNotEqualTo(ValueFingerprint.of(value));
    }

    @Test
    void aShuffledFluxHonoursDemandAndWaitsForNothing() {
        reactor.test.publisher.TestPublisher<Integer> source = reactor.test.publisher.TestPublisher.create();
        reactor.test.StepVerifier.create(new ShuffledFlux<>(source.flux(), 1, 4, new ShuffleScope()), 0)
                .expectSubscription()
                .then(() -> source.assertMaxRequested(0))
                .thenRequest(2)
                .then(() -> source.assertMaxRequested(4))
                .then(() -> source.next(1))
                .expectNext(1)
                .then(() -> source.next(2, 3, 4))
                .expectNext(2)
                .then(source::complete)
                .thenRequest(2)
                .expectNextCount(2)
                .verifyComplete();
    }

    @Test
    void aShuffledFluxMovesNothingFurtherThanItsWindowAhead() {
        ShuffleScope scope = new ShuffleScope();
        List<Integer> order = scope.drive(new ShuffledFlux<>(Flux.range(0, 1000), 7, 8, scope))
                .collectList()
                .block(PATIENCE);

        assertThat(order).hasSize(1000).doesNotHaveDuplicates();
        assertThat(order).isNotEqualTo(order.stream().sorted().toList());
        for (int i = 0; i < order.size(); i++) {
            assertThat(order.get(i)).isLessThan(i + 8);
        }
    }

    private static Stage<Long> numbers(long count) {
        return Topology.named("t").source("numbers", Series.range(0, count, 1));
    }

    private static List<String> keys(TopologyExecutor executor) {
        Topology<Long> topology = numbers(50).map("same", cpu((Long n) -> n)).build();
        return executor.run(topology).outcomes().map(Outcome::key).collectList().block(PATIENCE);
    }

    private static <O> List<Outcome<O>> sorted(TopologyExecutor executor, Topology<O> topology) {
        List<Outcome<O>> outcomes =
                new ArrayList<>(executor.run(topology).outcomes().collectList().block(PATIENCE));
        outcomes.sort(java.util.Comparator.comparing(Outcome::key));
        return outcomes;
    }
}
