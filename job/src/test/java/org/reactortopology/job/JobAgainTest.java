package org.reactortopology.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reactortopology.Work.cpu;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.Outcome;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Topology;
import reactor.core.publisher.Flux;

/** A key that an input gives again before the outcome of its first item is recorded. */
@Timeout(60)
class JobAgainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger squared = new AtomicInteger();

    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void begin() {
        directory = parent.resolve("job");
    }

    @Test
    void eachHasItsOwnTraceAndTheLastOneItsValue() {
        List<Outcome<Long>> outcomes = run(JobMode.FRESH);

        assertThat(outcomes)
                .containsExactly(
                        new Outcome.Done<>("first", 0, 1L),
                        new Outcome.Done<>("same", 1, 4L),
                        new Outcome.Done<>("same", 2, 9L));
        assertThat(
                        Rows.of(
                                directory,
                                "SELECT key, idx, attempts, value IS NOT NULL, started_micros IS NOT NULL FROM item ORDER BY key"))
                .containsExactly("first|0|1|1|1", "same|2|2|1|1");
    }

    @Test
    void bothAreSkippedByAResume() {
        run(JobMode.FRESH);
        List<String> rows = Rows.of(directory, "SELECT key, hex(value), attempts, run FROM item");
        squared.set(0);

        List<Outcome<Long>> outcomes = run(JobMode.RESUME);

        assertThat(outcomes)
                .containsExactly(
                        new Outcome.Skipped<>("first", 0, "already done"),
                        new Outcome.Skipped<>("same", 1, "already done"),
                        new Outcome.Skipped<>("same", 2, "already done"));
        assertThat(squared).hasValue(0);
        assertThat(Rows.of(directory, "SELECT key, hex(value), attempts, run FROM item"))
                .isEqualTo(rows);
    }

    /** The ledger waits with the outcome of the first key until both items of the other one have come behind the mark. */
    private List<Outcome<Long>> run(JobMode mode) {
        AtomicInteger behind = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(1);
        Topology<Long> topology = Topology.named("again")
                .types(Long.class)
                .input("numbers", Long.class, n -> n == 1 ? "first" : "same")
                .map("square", cpu(this::square))
                .keepValues()
                .map("count", cpu(n -> {
                    if (behind.incrementAndGet() == 3) {
                        all.countDown();
                    }
                    return n;
                }))
                .build();
        return Objects.requireNonNull(Flux.just(1L, 2L, 3L)
                .transform(Job.in(directory)
                        .mode(mode)
                        .on(SequentialExecutor.create())
                        .through(topology))
                .doOnNext(outcome -> await(all))
                .collectList()
                .block(PATIENCE));
    }

    private Long square(long n) {
        squared.incrementAndGet();
        return n * n;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).as("all have come").isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
