package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Aggregate;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.RunReport;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyRun;
import org.reactortopology.test.LeakCheck;

/** Runs of a job in a directory of its own, of which nothing is left but files. */
@Timeout(60)
abstract class JobOfSquares {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path parent;

    Path directory;

    @BeforeEach
    void begin() {
        directory = parent.resolve("job");
        Squares.calls();
        Squares.FAILING.clear();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        LeakCheck.awaitNoThread("topology-");
        assertThat(Files.exists(directory.resolve("lock"))).isFalse();
        assertThat(Files.exists(directory.resolve("ledger.db-wal"))).isFalse();
    }

    static Topology<Long> plain(String work) {
        return Topology.named("plain")
                .source("numbers", Series.range(0, 3, 1))
                .map(work, cpu(n -> n))
                .build();
    }

    static Topology<Long> sum(boolean keeping) {
        var squares = Topology.named("sum")
                .types(Long.class)
                .source("numbers", Series.range(0, 10, 1))
                .map("square", cpu(n -> keeping ? Squares.square(n) : n));
        return (keeping ? squares.keepValues() : squares)
                .aggregate(Aggregate.of("sum", () -> new long[1], JobOfSquares::add, JobOfSquares::both, a -> a[0]))
                .build();
    }

    static long[] add(long[] sum, long n) {
        sum[0] += n;
        return sum;
    }

    static long[] both(long[] left, long[] right) {
        return add(left, right[0]);
    }

    org.reactortopology.TopologyExecutor job(JobMode mode) {
        return Job.in(directory).mode(mode).on(ParallelExecutor.threads(2));
    }

    Run run(JobMode mode, Topology<Long> topology) {
        return run(mode, job -> job, topology);
    }

    Run run(JobMode mode, java.util.function.UnaryOperator<Job> set, Topology<Long> topology) {
        TopologyRun<Long> run = set.apply(Job.in(directory).mode(mode))
                .on(ParallelExecutor.threads(2))
                .run(topology);
        List<Outcome<Long>> outcomes =
                Objects.requireNonNull(run.outcomes().collectList().block(PATIENCE));
        return new Run(outcomes, Objects.requireNonNull(run.report().block(PATIENCE)));
    }

    Map<String, Integer> states() {
        Map<String, Integer> states = new TreeMap<>();
        Rows.of(directory, "SELECT key, state FROM item").forEach(row -> {
            String[] parts = row.split("\\|");
            states.put(parts[0], Integer.parseInt(parts[1]));
        });
        return states;
    }

    record Run(List<Outcome<Long>> outcomes, RunReport report) {
        List<String> skipped(String reason) {
            return outcomes.stream()
                    .filter(outcome -> outcome instanceof Outcome.Skipped<?> skipped
                            && skipped.reason().equals(reason))
                    .map(Outcome::key)
                    .toList();
        }
    }
}
