package org.reactortopology.multiprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Outcome;
import org.reactortopology.RunReport;
import org.reactortopology.RunReport.WorkerReport;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.TopologyRun;
import org.reactortopology.multiprocess.TracedTopology.Params;
import org.reactortopology.multiprocess.TracedTopology.Shape;
import org.reactortopology.spi.ItemTrace;
import org.reactortopology.test.LeakCheck;

/** What an observer is told that items went through in workers and around them. */
@Timeout(120)
abstract class TraceContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long before = micros();
    private Set<Integer> workers = Set.of();

    /** A new executor of the kind under test. */
    protected abstract TopologyExecutor executor();

    @AfterEach
    void nothingIsLeft() {
        LeakCheck.awaitNoThread("topology-");
    }

    @Test
    void worksBeforeInAndBehindTheSliceAreOneTrace() {
        ToldTraces told = new ToldTraces("17");
        Map<String, Outcome<Long>> outcomes = run(Shape.AROUND, 100, told);

        assertThat(outcomes).hasSize(100);
        assertThat(outcomes.get("17")).isInstanceOf(Outcome.Skipped.class);
        assertThat(told.keys()).hasSize(99).doesNotContain("17");
        for (String key : told.keys()) {
            switch (key.charAt(key.length() - 1)) {
                case '3' -> assertTrace(key, told.of(key), 1, 0, 1);
                case '4' -> assertTrace(key, told.of(key), 2, 0, 1, 2, 3, 4);
                case '5' -> assertTrace(key, told.of(key), 3, 0, 1, 2, 3, 4);
                default -> assertTrace(key, told.of(key), 1, 0, 1, 2, 3, 4);
            }
        }
        assertThat(told.of("5").nanos()[2]).isGreaterThanOrEqualTo(3 * TracedTopology.NANOS);
    }

    @Test
    void childrenHaveTracesOfTheirOwn() {
        ToldTraces told = new ToldTraces();
        run(Shape.CHILDREN, 30, told);

        assertThat(told.keys()).hasSize(90);
        told.keys().forEach(key -> assertTrace(key, told.of(key), 1, key.contains("/") ? 1 : 0));
    }

    @Test
    void branchesInTheSliceShareATrace() {
        ToldTraces told = new ToldTraces();
        run(Shape.FAN, 30, told);

        assertThat(told.keys()).hasSize(30);
        told.keys().forEach(key -> assertTrace(key, told.of(key), 1, 0, 1, 2, 3));
    }

    @Test
    void aBranchThatGoesByTheSliceSharesTheTrace() {
        ToldTraces told = new ToldTraces();
        run(Shape.BESIDE, 30, told);

        assertThat(told.keys()).hasSize(30);
        told.keys().forEach(key -> assertTrace(key, told.of(key), 1, 0, 1, 2, 3));
    }

    private Map<String, Outcome<Long>> run(Shape shape, long items, ToldTraces told) {
        Topology<Long> topology = Topology.from(TracedTopology.class, new Params(shape, items));
        TopologyRun<Long> run = executor().run(topology.observed(told));
        Map<String, Outcome<Long>> outcomes = Objects.requireNonNull(run.outcomes()
                .doOnNext(outcome -> assertThat(
                                told.keys().contains(outcome.key()) || outcome instanceof Outcome.Skipped<?>)
                        .as("told of %s before it is emitted", outcome.key())
                        .isTrue())
                .collectMap(Outcome::key)
                .block(PATIENCE));
        RunReport report = Objects.requireNonNull(run.report().block(PATIENCE));
        workers = report.workers().stream().map(WorkerReport::id).collect(Collectors.toSet());
        return outcomes;
    }

    private void assertTrace(String key, ItemTrace trace, int attempts, Integer... works) {
        assertThat(trace.worker()).as("worker of %s", key).isIn(workers);
        assertThat(trace.attempts()).as("attempts of %s", key).isEqualTo(attempts);
        assertThat(trace.startedMicros()).as("begin of %s", key).isBetween(before, micros());
        for (int i = 0; i < trace.nanos().length; i++) {
            if (List.of(works).contains(i)) {
                assertThat(trace.nanos()[i])
                        .as("nanos of %s in %d", key, i)
                        .isGreaterThanOrEqualTo(TracedTopology.NANOS);
            } else {
                assertThat(trace.nanos()[i]).as("nanos of %s in %d", key, i).isZero();
            }
        }
    }

    private static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
