package org.reactortopology.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Stage;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;

/** Runs in this JVM whose observer keeps what it is told of the items. */
@Timeout(120)
abstract class TracedRuns {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Each call takes as long at least. */
    static final long NANOS = 20_000;

    final Map<String, List<ItemTrace>> told = new ConcurrentHashMap<>();

    final Set<String> refused = new HashSet<>();

    final long before = micros();

    final RunObserver observer = new RunObserver() {
        @Override
        public String skip(String key) {
            return refused.contains(key) ? "refused" : null;
        }

        @Override
        public void traced(String key, long index, ItemTrace trace) {
            told.computeIfAbsent(key, none -> new ArrayList<>()).add(trace);
        }

        @Override
        public void kept(String key, long index, Object value) {}

        @Override
        public Object keptValue(String key, long index) {
            return null;
        }

        @Override
        public Optional<Path> logs() {
            return Optional.empty();
        }
    };

    static List<TopologyExecutor> executors() {
        return List.of(SequentialExecutor.create(), ParallelExecutor.threads(2));
    }

    static Stage<Long> numbers(long count) {
        return Topology.named("traced").source("numbers", Series.range(0, count, 1));
    }

    static long busy(long n) {
        long end = System.nanoTime() + NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return n;
    }

    static long failingOdd(long n) {
        busy(n);
        if (n % 2 == 1) {
            throw new IllegalStateException("odd");
        }
        return n;
    }

    static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    <O> Map<String, Outcome<O>> run(TopologyExecutor executor, Topology<O> topology) {
        return Objects.requireNonNull(executor.run(topology.observed(observer))
                .outcomes()
                .collectMap(Outcome::key)
                .block(PATIENCE));
    }

    ItemTrace of(String key) {
        assertThat(told.get(key)).as("traces of %s", key).hasSize(1);
        return told.get(key).get(0);
    }

    void assertTrace(String key, int attempts, int... works) {
        ItemTrace trace = of(key);
        assertThat(trace.worker()).as("worker of %s", key).isEqualTo(-1);
        assertThat(trace.attempts()).as("attempts of %s", key).isEqualTo(attempts);
        assertThat(trace.startedMicros()).as("begin of %s", key).isBetween(before, micros());
        for (int i = 0; i < trace.nanos().length; i++) {
            int work = i;
            boolean called = IntStream.of(works).anyMatch(each -> each == work);
            if (called) {
                assertThat(trace.nanos()[i]).as("nanos of %s in %d", key, i).isGreaterThanOrEqualTo(NANOS);
            } else {
                assertThat(trace.nanos()[i]).as("nanos of %s in %d", key, i).isZero();
            }
        }
    }
}
