package org.reactortopology.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import org.reactortopology.Aggregate;
import org.reactortopology.Series;
import org.reactortopology.Topology;

/** Topologies to be verified, some of them in vain. */
abstract class VerifiedTopologies {

    static final Aggregate<Long, long[], Long> SUM = Aggregate.of(
            "sum",
            () -> new long[1],
            (sum, value) -> {
                sum[0] += value;
                return sum;
            },
            (a, b) -> new long[] {a[0] + b[0]},
            sum -> sum[0]);

    /** 100 / n of an input; 0 fails, 7 is filtered out. */
    static Topology<Long> division() {
        return Topology.named("division")
                .input("numbers", Long.class, n -> "n" + n)
                .filter("lucky", cpu(n -> n != 7))
                .map("divide", cpu((Long n) -> 100 / n))
                .aggregate(SUM)
                .build();
    }

    static Topology<Long> numbers(long count) {
        return Topology.named("numbers")
                .source("numbers", Series.range(0, count, 1))
                .map("twice", cpu((Long n) -> 2 * n))
                .build();
    }

    static org.assertj.core.api.AbstractStringAssert<?> assertFails(VerifierEnding<?> ending) {
        AssertionError failure = null;
        try {
            ending.verify();
        } catch (AssertionError e) {
            failure = e;
        }
        assertThat(failure).as("a failure of the verification").isNotNull();
        return assertThat(failure.getMessage());
    }
}
