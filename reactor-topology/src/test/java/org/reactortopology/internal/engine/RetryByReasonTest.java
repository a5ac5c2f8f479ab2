package org.reactortopology.internal.engine;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactortopology.Deadline;
import org.reactortopology.Outcome;
import org.reactortopology.RetryPolicy;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.Work;
import org.reactortopology.WorkContext;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.SliceEngine;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.TopologyPlan;
import org.reactortopology.spi.WorkStats;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.retry.Retry;

/** Attempts, on a clock that only the test moves, and on the test's thread where nothing else is said. */
@Timeout(120)
class RetryByReasonTest {

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

    /** Times in milliseconds at which the work was called. */
    private final List<Long> calls = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void useTheClock() {
        VirtualTimeScheduler.getOrSet(clock);
    }

    @AfterEach
    void giveTheClockBack() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void delaysGrowUpToTheMost() {
        List<Outcome<Object>> outcomes = run(Work.<Long, Long>cpu(n -> {
                    called();
                    throw new IllegalStateException(
                            "attempt " + WorkContext.current().attempt());
                })
                .retry(RetryPolicy.failures(4).backoff(ofMillis(100), ofMillis(250))));
        assertThat(calls).containsExactly(0L);
        for (int i = 0; i < 1000; i++) {
            clock.advanceTimeBy(ofMillis(1));
        }

        assertThat(calls).containsExactly(0L, 100L, 300L, 550L, 800L);
        assertThat(((Outcome.Failed<Object>) outcomes.get(0)).cause()).hasMessage("attempt 5");
    }

    @Test
    void failuresAndTimeoutsAreCountedApart() {
        Work<Long, Long> work = Work.<Long, Long>async(n -> {
                    called();
                    return WorkContext.current().attempt() % 2 == 1
                            ? Mono.never()
                            : Mono.error(new IllegalStateException());
                })
                .timeout(ofMillis(10));

        List<Outcome<Object>> byTime = run(work.retry(RetryPolicy.failures(2).andTimeouts(1)));
        clock.advanceTimeBy(ofMillis(100));
        assertThat(calls).containsExactly(0L, 10L, 10L);
        assertThat(byTime)
                .singleElement()
                .isEqualTo(new Outcome.TimedOut<>("0", 0, "work", Deadline.TOTAL, ofMillis(10), ofMillis(10)));

        calls.clear();
        List<Outcome<Object>> byFailure = run(work.retry(RetryPolicy.failures(1).andTimeouts(9)));
        clock.advanceTimeBy(ofMillis(100));
        assertThat(calls).containsExactly(100L, 110L, 110L, 120L);
        assertThat(byFailure).singleElement().isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aPolicyThatNamesOneReasonLeavesTheOtherAlone() {
        List<Outcome<Object>> outcomes = run(Work.<Long, Long>cpu(n -> {
                    called();
                    throw new IllegalStateException();
                })
                .retry(RetryPolicy.timeouts(3)));

        assertThat(calls).hasSize(1);
        assertThat(outcomes).singleElement().isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void eachItemHasItsOwnAttempts() {
        List<Outcome<Object>> outcomes = run(
                Work.<Long, Long>cpu(n -> {
                            called();
                            if (WorkContext.current().attempt() <= n) {
                                throw new IllegalStateException();
                            }
                            return n;
                        })
                        .retry(RetryPolicy.failures(2)),
                4);

        assertThat(calls).hasSize(1 + 2 + 3 + 3);
        assertThat(outcomes.stream().filter(Outcome::isFailure))
                .extracting(Outcome::key)
                .containsExactly("3");
    }

    @Test
    void whatNeedsNoAttemptHereIsNotKeptAlone() {
        Work<Long, Long> work = Work.cpu(n -> n);

        assertThat(fuses(work.retry(RetryPolicy.crashes(3).escalate(2)))).isTrue();
        assertThat(fuses(work.retry(RetryPolicy.none()))).isTrue();
        assertThat(fuses(work.silence(ofMillis(1)))).isTrue();
        assertThat(fuses(work.retry(RetryPolicy.timeouts(1)))).isFalse();
        assertThat(fuses(work.retry(RetryPolicy.failures(1)))).isFalse();
        assertThat(fuses(work.retry(Retry.max(1)))).isFalse();
    }

    /** Also after a delay, which ends on a thread of the clock. */
    @Test
    void theSequentialExecutorMakesEachAttemptOnItsThread() throws InterruptedException {
        VirtualTimeScheduler.reset();
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        Topology<Long> topology = Topology.named("again")
                .source("numbers", Series.range(0, 1, 1))
                .map(
                        "work",
                        Work.<Long, Long>io(n -> {
                                    threads.add(Thread.currentThread());
                                    throw new IllegalStateException();
                                })
                                .retry(RetryPolicy.failures(2).backoff(ofMillis(1), ofMillis(1))))
                .build();

        SequentialExecutor.create().run(topology).outcomes().blockLast(Duration.ofSeconds(30));

        assertThat(threads).hasSize(3);
        assertThat(threads).containsOnly(threads.get(0));
        assertThat(threads.get(0).getName()).startsWith("topology-sequential-");
        Latches.awaitEnd(threads.get(0));
    }

    private static boolean fuses(Work<?, ?> work) {
        return Call.fuses(new Step.WorkStep("work", work, Step.Role.MAP));
    }

    private void called() {
        calls.add(clock.now(TimeUnit.MILLISECONDS));
    }

    private static List<Outcome<Object>> run(Work<Long, Long> work) {
        return run(work, 1);
    }

    private static List<Outcome<Object>> run(Work<Long, Long> work, long items) {
        TopologyPlan plan = Topology.named("again")
                .source("numbers", Series.range(0, items, 1))
                .map("work", work)
                .build()
                .plan();
        List<Outcome<Object>> outcomes = new ArrayList<>();
        Flux<Item> in = Flux.range(0, (int) items).map(n -> Item.of("" + n, n, (long) n));
        SliceEngine.immediate(plan, new WorkStats(plan))
                .run(in, item -> item, Item::outcome)
                .subscribe(outcomes::add);
        return outcomes;
    }
}
