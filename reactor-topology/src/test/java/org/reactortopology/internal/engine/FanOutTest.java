package org.reactortopology.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactortopology.Capacity;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.spi.Step;

/** Fan-outs whose sides one lane runs one after the other: what comes out is what comes out where the sides run apart. */
@Timeout(60)
class FanOutTest {

    /** Enough that most items are not measured. */
    private static final int ITEMS = 500;

    /** What the sides do; {@code apart} puts a queue on a side, or nothing. */
    enum Shape {
        ONE_FAILS {
            @Override
            Stage<Long> of(Stage<Long> in, UnaryOperator<Stage<Long>> apart) {
                return apart.apply(in.map("one", cpu(n -> failing(3, n))))
                        .joinByKey("sum", in.map("two", cpu(n -> 2 * n)), Long::sum);
            }
        },
        THE_OTHER_FAILS {
            @Override
            Stage<Long> of(Stage<Long> in, UnaryOperator<Stage<Long>> apart) {
                return apart.apply(in.map("one", cpu(n -> 2 * n)))
                        .joinByKey("sum", in.map("two", cpu(n -> failing(3, n))), Long::sum);
            }
        },
        BOTH_FAIL {
            @Override
            Stage<Long> of(Stage<Long> in, UnaryOperator<Stage<Long>> apart) {
                return apart.apply(in.map("one", cpu(n -> failing(2, n))))
                        .joinByKey("sum", in.map("two", cpu(n -> failing(3, n))), Long::sum)
                        .map("behind", cpu(n -> n + 1));
            }
        },
        NESTED {
            @Override
            Stage<Long> of(Stage<Long> in, UnaryOperator<Stage<Long>> apart) {
                Stage<Long> first = apart.apply(in.map("first", cpu(n -> failing(7, n))));
                Stage<Long> inner = apart.apply(first.map("one", cpu(n -> failing(3, n))))
                        .joinByKey("inner", first.map("two", cpu(n -> 2 * n)), Long::sum);
                return inner.joinByKey("outer", in.map("three", cpu(n -> failing(5, n))), (one, other) -> one * other);
            }
        },
        ONE_SKIPS {
            @Override
            Stage<Long> of(Stage<Long> in, UnaryOperator<Stage<Long>> apart) {
                return apart.apply(in.filter("odd", cpu(n -> n % 2 == 1)))
                        .joinByKey("sum", in.map("two", cpu(n -> failing(3, n))), Long::sum);
            }
        },
        ALL_SKIP {
            @Override
            Stage<Long> of(Stage<Long> in, UnaryOperator<Stage<Long>> apart) {
                return apart.apply(in.filter("odd", cpu(n -> n % 2 == 1)))
                        .joinByKey("sum", in.filter("third", cpu(n -> n % 3 == 1)), Long::sum);
            }
        },
        ONE_RECOVERS {
            @Override
            Stage<Long> of(Stage<Long> in, UnaryOperator<Stage<Long>> apart) {
                return apart.apply(in.map("one", cpu(n -> failing(3, n))).recover("mend", cpu(failure -> -1L)))
                        .joinByKey("sum", in.map("two", cpu(n -> failing(5, n))), Long::sum);
            }
        },
        ONE_RECOVERS_WHAT_FAILED_BEFORE {
            @Override
            Stage<Long> of(Stage<Long> in, UnaryOperator<Stage<Long>> apart) {
                Stage<Long> first = in.map("first", cpu(n -> failing(3, n)));
                return apart.apply(first.recover("mend", cpu(failure -> -1L)))
                        .joinByKey("sum", first.map("two", cpu(n -> 2 * n)), Long::sum);
            }
        },
        THREE {
            @Override
            Stage<Long> of(Stage<Long> in, UnaryOperator<Stage<Long>> apart) {
                Stage<Long> one = apart.apply(in.map("one", cpu(n -> failing(3, n))));
                Stage<Long> two = in.map("two", cpu(n -> failing(5, n))).map("more", cpu(n -> 3 * n));
                Stage<Long> three = in.mapKeyed(
                        "three", cpu(keyed -> keyed.value() + keyed.key().length()));
                return one.joinByKey(
                        "all", List.of(two, three), all -> all.toString().length() + (Long) all.get(1));
            }
        },
        ONE_IS_EMPTY {
            @Override
            Stage<Long> of(Stage<Long> in, UnaryOperator<Stage<Long>> apart) {
                Stage<Long> first = in.map("first", cpu(n -> failing(3, n)));
                return first.joinByKey("sum", apart.apply(first.map("two", cpu(n -> failing(5, n)))), Long::sum);
            }
        };

        abstract Stage<Long> of(Stage<Long> in, UnaryOperator<Stage<Long>> apart);

        private Topology<Long> built(UnaryOperator<Stage<Long>> apart) {
            return of(source(ITEMS), apart).build();
        }
    }

    private static Stage<Long> source(int items) {
        return Topology.named("fan").source("numbers", Series.range(0, items, 1));
    }

    private static Long failing(long every, Long n) {
        if (n % every == 0) {
            throw new IllegalStateException(n + " is a multiple of " + every);
        }
        return n;
    }

    /** Joins that run in the hop that began before them. */
    private static long fused(Topology<?> topology) {
        Part part = Part.whole(topology.plan());
        return part.nodes().stream()
                .filter(node -> node.step() instanceof Step.JoinStep && part.isInsideHop(node.id()))
                .count();
    }

    private static Map<String, String> outcomes(TopologyExecutor executor, Topology<Long> topology) {
        Map<String, String> outcomes = new TreeMap<>();
        List<Outcome<Long>> all =
                executor.run(topology).outcomes().collectList().block();
        assertThat(all).hasSize(ITEMS);
        all.forEach(outcome -> outcomes.put(outcome.key(), outcome.toString()));
        return outcomes;
    }

    @ParameterizedTest
    @EnumSource
    void oneLaneDoesWhatSidesApartDo(Shape shape) {
        Topology<Long> together = shape.built(side -> side);
        Topology<Long> apart = shape.built(side -> side.queue(Capacity.bounded(16)));
        assertThat(fused(together)).isEqualTo(shape == Shape.NESTED ? 2 : 1);
        assertThat(fused(apart)).isZero();

        Map<String, String> expected = outcomes(SequentialExecutor.create(), apart);

        assertThat(outcomes(ParallelExecutor.threads(2), together)).isEqualTo(expected);
        assertThat(outcomes(ParallelExecutor.threads(2), apart)).isEqualTo(expected);
        assertThat(outcomes(SequentialExecutor.create(), together)).isEqualTo(expected);
    }

    @Test
    void aLimitBehindTheJoinIsNotThatOfTheSides() {
        CountDownLatch two = new CountDownLatch(2);
        AtomicInteger writing = new AtomicInteger();
        Stage<Long> in = source(2);
        Topology<Long> topology = in.map("one", cpu((Long n) -> together(two, n)))
                .joinByKey("sum", in.map("two", cpu((Long n) -> n)), Long::sum)
                .map("write", cpu((Long n) -> alone(writing, n)).concurrency(1))
                .build();

        assertThat(values(topology)).containsExactlyInAnyOrder(0L, 2L);
    }

    @Test
    void aLimitBeforeTheFanOutIsNotThatOfTheSides() {
        CountDownLatch two = new CountDownLatch(2);
        AtomicInteger parsing = new AtomicInteger();
        Stage<Long> parsed = source(2)
                .map("parse", cpu((Long n) -> alone(parsing, n)).concurrency(1))
                .map("check", cpu((Long n) -> n));
        Topology<Long> topology = parsed.map("one", cpu((Long n) -> together(two, n)))
                .joinByKey("sum", parsed.map("two", cpu((Long n) -> n)), Long::sum)
                .build();

        assertThat(values(topology)).containsExactlyInAnyOrder(0L, 2L);
    }

    private static List<Long> values(Topology<Long> topology) {
        return ParallelExecutor.threads(2)
                .run(topology)
                .outcomes()
                .map(FanOutTest::value)
                .collectList()
                .block();
    }

    private static Long value(Outcome<Long> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<Long>) outcome).value();
    }

    /** Ends once two calls run at once. */
    private static Long together(CountDownLatch two, Long n) throws InterruptedException {
        two.countDown();
        Latches.await(two);
        return n;
    }

    private static Long alone(AtomicInteger running, Long n) {
        if (running.incrementAndGet() > 1) {
            throw new IllegalStateException("two calls at once");
        }
        running.decrementAndGet();
        return n;
    }
}
