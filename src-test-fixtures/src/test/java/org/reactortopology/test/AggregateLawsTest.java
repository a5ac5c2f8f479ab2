package org.reactortopology.test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactortopology.Aggregate;

class AggregateLawsTest {

    private record Mean(double sum, long count) {}

    private static Aggregate<Double, Mean, Double> mean(java.util.function.BinaryOperator<Mean> combine) {
        return Aggregate.of(
                "mean",
                () -> new Mean(0, 0),
                (mean, value) -> new Mean(mean.sum() + value, mean.count() + 1),
                combine,
                mean -> mean.count() == 0 ? 0 : mean.sum() / mean.count());
    }

    @Test
    void aLawfulAggregatePasses() {
        AggregateLaws.of(mean((a, b) -> new Mean(a.sum() + b.sum(), a.count() + b.count())))
                .within(1e-12)
                .check(List.of(1.1, 2.7, 4.9, 0.3, 8.2, 1e9));
        AggregateLaws.check(mean((a, b) -> new Mean(a.sum() + b.sum(), a.count() + b.count())), List.of(1.0, 2.0, 3.0));
    }

    @Test
    void aCombinationThatForgetsIsFoundWithTheSmallestSplit() {
        assertThatThrownBy(() -> AggregateLaws.of(mean((a, b) -> a.count() == 0 ? b : a))
                        .seed(42)
                        .check(List.of(1.0, 3.0, 9.0, 27.0, 81.0)))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "aggregate 'mean' depends on how its values are shared: one accumulator that gets [1.0, 3.0]"
                                + " comes to 2.0, those of [[1.0], [3.0]] combined from the left come to 1.0 (seed 42)");
    }

    @Test
    void anAccumulatorThatGotNothingMustNotCount() {
        assertThatThrownBy(() -> AggregateLaws.check(
                        mean((a, b) -> new Mean(a.sum() + b.sum(), a.count() + b.count() + (b.count() == 0 ? 1 : 0))),
                        List.of(2.0)))
                .hasMessageContaining("[[], [2.0], []]");
    }

    @Test
    void aSharedAccumulatorIsFound() {
        long[] shared = {0};
        Aggregate<Integer, long[], Long> counter = Aggregate.of(
                "counter",
                () -> shared,
                (count, value) -> {
                    count[0]++;
                    return count;
                },
                (a, b) -> new long[] {a[0] + b[0]},
                count -> count[0]);

        assertThatThrownBy(() -> AggregateLaws.check(counter, List.of(1, 2)))
                .hasMessageContaining("aggregate 'counter'");
    }

    @Test
    void anAggregateThatDependsOnTheOrderIsFound() {
        Aggregate<String, String, String> text = Aggregate.of("text", () -> "", String::concat, String::concat, s -> s);

        assertThatThrownBy(() -> AggregateLaws.check(text, List.of("a", "b", "c")))
                .hasMessageContainingAll("gets [a, b] comes to ab", "those of [[b, a]]", "come to ba");
    }

    @Test
    void aFaultThatManyValuesAreNeededForIsFoundAtRandom() {
        Aggregate<Integer, Integer, Integer> capped =
                Aggregate.of("capped", () -> 0, (sum, value) -> sum + value, (a, b) -> Math.min(20, a + b), sum -> sum);

        assertThatThrownBy(() -> AggregateLaws.of(capped).seed(1).check(List.of(4, 4, 4, 4, 4, 4)))
                .hasMessageContainingAll("comes to 24", "come to 20", "(seed 1)");
    }

    @Test
    void roundingIsForgivenOnlyWithATolerance() {
        Aggregate<Double, Double, Double> sum = Aggregate.of("sum", () -> 0.0, Double::sum, Double::sum, s -> s);

        assertThatThrownBy(() -> AggregateLaws.of(sum).check(List.of(0.1, 0.2, 0.3)))
                .hasMessageContaining("'sum'");
        AggregateLaws.of(sum).within(1e-9).check(List.of(0.1, 0.2, 0.3));
    }
}
