package org.reactortopology.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport;
import org.reactortopology.RunReport.WorkReport;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.spi.ItemTrace;
import org.reactortopology.spi.RunObserver;
import org.reactortopology.test.ObservedCase.Params;
import org.reactortopology.test.ObservedCase.Shape;
import reactor.core.Disposable;

/** What an observer decides and is told, in every executor. An executor's test extends this class and says how to make one. */
@Timeout(120)
public abstract class ObservedContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long ITEMS = 30;

    /** A new executor of the kind under test. */
    protected abstract TopologyExecutor executor();

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoThread("topology-");
    }

    @ParameterizedTest
    @EnumSource
    void anItemThatIsRefusedPassesEveryWork(Shape shape) {
        Topology<Long> topology = Topology.from(ObservedCase.class, new Params(shape, ITEMS));
        Observed all = run(topology);
        Observed some = run(topology.observed(new EveryThird(false)));

        assertThat(some.outcomes.keySet()).isEqualTo(all.outcomes.keySet());
        some.outcomes.forEach((key, outcome) -> {
            long number = Long.parseLong(key);
            assertThat(outcome)
                    .isEqualTo(
                            number % 3 == 0
                                    ? new Outcome.Skipped<>(key, number, EveryThird.REASON)
                                    : all.outcomes.get(key));
        });
        assertThat(some.report.counts().taken()).isEqualTo(ITEMS);
        for (WorkReport work : some.report.works()) {
            long calledForAll = calls(all.report, work.name());
            assertThat(work.calls()).as(work.name()).isLessThan(calledForAll).isGreaterThanOrEqualTo(calledForAll / 3);
        }
    }

    @Test
    void aRefusedItemGoesOnWithItsKeptValue() {
        Topology<Long> topology = Topology.from(ObservedCase.Keeping.class, new Params(Shape.LINEAR, ITEMS));
        EveryThird observer = new EveryThird(true);
        Observed run = run(topology.observed(observer));

        assertThat(calls(run.report, "one")).isEqualTo(20);
        assertThat(calls(run.report, "sum")).isEqualTo(ITEMS);
        long sum = 0;
        for (long n = 0; n < ITEMS; n++) {
            sum += valueOf(n);
            if (n > 0) {
                String window = (n - 1) + ".." + n;
                assertThat(run.outcomes.get(window))
                        .isEqualTo(new Outcome.Done<>(window, n - 1, valueOf(n - 1) + valueOf(n)));
            }
            assertThat(run.outcomes.get(Long.toString(n))).isInstanceOf(Outcome.Consumed.class);
        }
        assertThat(run.report.<Long>result(ObservedCase.SUM)).isEqualTo(sum);
        assertThat(observer.kept).hasSize(20).containsEntry("1", 2L).containsEntry("29", 30L);
    }

    @Test
    void anItemWithoutAKeptValueStaysSkipped() {
        Topology<Long> topology = Topology.from(ObservedCase.Keeping.class, new Params(Shape.LINEAR, 6));
        Observed run = run(topology.observed(new EveryThird(false)));

        assertThat(calls(run.report, "sum")).isEqualTo(4);
        assertThat(run.outcomes.get("1..2")).isEqualTo(new Outcome.Done<>("1..2", 1, 5L));
    }

    @Test
    void worksAndWorkersCanBeSeenWhileItRuns() {
        TopologyRun<Long> run = executor().run(Topology.from(ObservedCase.class, new Params(Shape.LINEAR, ITEMS)));
        assertThat(run.works()).extracting(WorkReport::name).containsExactly("one", "two");

        run.outcomes().blockLast(PATIENCE);
        RunReport report = Objects.requireNonNull(run.report().block(PATIENCE));
        assertThat(run.works()).isEqualTo(report.works());
        assertThat(run.workers()).isEqualTo(report.workers());
    }

    /** A lane that is never idle must not keep what it has counted to itself. */
    @Test
    void slowWorksAreSeenWhileTheyGoOn() {
        TopologyRun<Long> run =
                executor().run(Topology.from(ObservedCase.Slow.class, new Params(Shape.LINEAR, 1_000_000)));
        Disposable subscription = run.outcomes().subscribe();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20)) // less than a lane takes for as many as it counts for itself
                .until(() -> run.works().get(0).calls() > 0);

        subscription.dispose();
        run.report().block(PATIENCE);
    }

    private static long valueOf(long n) {
        return n % 3 == 0 ? 1000 + n : n + 1;
    }

    private static long calls(RunReport report, String work) {
        return report.works().stream()
                .filter(each -> each.name().equals(work))
                .mapToLong(WorkReport::calls)
                .sum();
    }

    private Observed run(Topology<Long> topology) {
        TopologyRun<Long> run = executor().run(topology);
        Map<String, Outcome<Long>> outcomes = Objects.requireNonNull(run.outcomes()
                .collect(Collectors.<Outcome<Long>, String, Outcome<Long>>toMap(Outcome::key, outcome -> outcome))
                .block(PATIENCE));
        return new Observed(outcomes, Objects.requireNonNull(run.report().block(PATIENCE)));
    }

    private record Observed(Map<String, Outcome<Long>> outcomes, RunReport report) {}

    /** Refuses multiples of 3, and perhaps keeps 1000 more than the number for each. */
    private static final class EveryThird implements RunObserver {

        static final String REASON = "every third is refused";

        private final boolean keeps;
        final Map<String, Object> kept = new ConcurrentHashMap<>();

        EveryThird(boolean keeps) {
            this.keeps = keeps;
        }

        @Override
        public @Nullable String skip(String key) {
            return Long.parseLong(key) % 3 == 0 ? REASON : null;
        }

        @Override
        public void traced(String key, long index, ItemTrace trace) {
            // told elsewhere
        }

        @Override
        public void kept(String key, long index, Object value) {
            kept.put(key, value);
        }

        @Override
        public @Nullable Object keptValue(String key, long index) {
            return keeps ? 1000 + Long.parseLong(key) : null;
        }

        @Override
        public Optional<Path> logs() {
            return Optional.empty();
        }
    }
}
