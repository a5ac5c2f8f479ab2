package org.reactortopology.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactortopology.Deadline;
import org.reactortopology.Outcome;
import org.reactortopology.ParallelExecutor;
import org.reactortopology.SequentialExecutor;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyExecutor;
import org.reactortopology.Work;
import org.reactortopology.WorkContext;
import org.reactortopology.WorkKind;
import reactor.core.Scannable;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Deadlines on a clock that only the test moves. Works tick from the test's thread, which is another than theirs. */
@Timeout(120)
class DeadlinesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final BlockingQueue<WorkContext> calls = new LinkedBlockingQueue<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private final Sinks.One<Long> value = Sinks.one();

    @BeforeEach
    void useTheClock() {
        VirtualTimeScheduler.getOrSet(clock);
    }

    @AfterEach
    void giveTheClockBack() {
        VirtualTimeScheduler.reset();
    }

    @ParameterizedTest
    @EnumSource(WorkKind.class)
    void aCallIsEndedWhenItHasBeenSilentForTooLong(WorkKind kind) {
        Running running = new Running(work(kind).silence(SECOND));
        clock.advanceTimeBy(Duration.ofMillis(900));
        running.context.tick();
        clock.advanceTimeBy(Duration.ofMillis(999));
        running.context.tick();
        clock.advanceTimeBy(Duration.ofMillis(999));
        assertThat(running.isOver()).isFalse();

        clock.advanceTimeBy(Duration.ofMillis(1));

        assertThat(running.outcome())
                .isEqualTo(new Outcome.TimedOut<>("0", 0, "work", Deadline.SILENCE, SECOND, SECOND));
    }

    @ParameterizedTest
    @EnumSource(WorkKind.class)
    void aCallThatShowsProgressEndsAsItLikes(WorkKind kind) {
        Running running = new Running(work(kind).silence(SECOND));
        for (int i = 0; i < 100; i++) {
            clock.advanceTimeBy(Duration.ofMillis(400));
            running.context.tick();
        }
        end();

        assertThat(running.outcome()).isEqualTo(new Outcome.Done<>("0", 0, 7L));
        long looks = clock.getScheduledTaskCount();
        assertThat(looks).as("timers, of which one stands for a whole limit").isBetween(30L, 52L);
        running.context.tick();
        clock.advanceTimeBy(
                SECOND.multipliedBy(10)); // less than the run's watch for stalls, which may not have ended yet
        assertThat(clock.getScheduledTaskCount()).as("timers afterwards").isEqualTo(looks);
    }

    @ParameterizedTest
    @EnumSource(WorkKind.class)
    void progressDoesNotMoveTheLimitOfTheWholeCall(WorkKind kind) {
        Running running = new Running(work(kind).timeout(SECOND.multipliedBy(2)).silence(SECOND));
        clock.advanceTimeBy(Duration.ofMillis(700));
        running.context.tick();
        clock.advanceTimeBy(Duration.ofMillis(700));
        running.context.tick();
        clock.advanceTimeBy(Duration.ofMillis(600));

        Duration limit = SECOND.multipliedBy(2);
        assertThat(running.outcome()).isEqualTo(new Outcome.TimedOut<>("0", 0, "work", Deadline.TOTAL, limit, limit));
    }

    @Test
    void aTickAfterTheDeadlineComesTooLate() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Running running = new Running(Work.<Long, Long>cpu(n -> {
                    calls.add(WorkContext.current());
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    open.await();
                    return n;
                })
                .silence(SECOND));
        clock.advanceTimeBy(SECOND);
        Latches.await(interrupted);
        running.context.tick();
        clock.advanceTimeBy(SECOND.multipliedBy(4));
        running.context.tick();
        open.countDown();

        assertThat(running.outcome())
                .isEqualTo(new Outcome.TimedOut<>("0", 0, "work", Deadline.SILENCE, SECOND, SECOND.multipliedBy(5)));
    }

    @Test
    void theSequentialExecutorKeepsDeadlinesToo() {
        Running running =
                new Running(SequentialExecutor.create(), work(WorkKind.CPU).silence(SECOND));
        clock.advanceTimeBy(Duration.ofMillis(600));
        running.context.tick();
        clock.advanceTimeBy(SECOND);

        assertThat(running.outcome()).isInstanceOf(Outcome.TimedOut.class);
    }

    @Test
    void aLimitLongerThanNanosecondsCanSayIsNone() {
        Running running = new Running(
                work(WorkKind.CPU).timeout(Duration.ofSeconds(Long.MAX_VALUE)).silence(Duration.ofDays(1_000_000)));
        clock.advanceTimeBy(Duration.ofDays(1));
        end();

        assertThat(running.outcome()).isEqualTo(new Outcome.Done<>("0", 0, 7L));
    }

    private void end() {
        value.tryEmitValue(7L).orThrow();
        open.countDown();
    }

    /** Waits until the test lets it go. */
    private Work<Long, Long> work(WorkKind kind) {
        return switch (kind) {
            case CPU -> Work.cpu(n -> waiting());
            case IO -> Work.io(n -> waiting());
            case ASYNC ->
                Work.async(n -> {
                    calls.add(WorkContext.current());
                    return value.asMono();
                });
        };
    }

    private long waiting() throws InterruptedException {
        calls.add(WorkContext.current());
        open.await();
        return 7;
    }

    /** A run of one item that is inside of the work. */
    private final class Running {

        final Sinks.One<List<Outcome<Long>>> outcomes = Sinks.one();
        final WorkContext context;

        Running(Work<Long, Long> work) {
            this(ParallelExecutor.threads(1), work);
        }

        Running(TopologyExecutor executor, Work<Long, Long> work) {
            Topology<Long> topology = Topology.named("limited")
                    .source("numbers", Series.range(0, 1, 1))
                    .map("work", work)
                    .build();
            executor.run(topology).outcomes().collectList().subscribe(outcomes::tryEmitValue, outcomes::tryEmitError);
            try {
                context = Objects.requireNonNull(calls.poll(30, TimeUnit.SECONDS), "the work was not called");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        Outcome<Long> outcome() {
            List<Outcome<Long>> came = outcomes.asMono().block(Duration.ofSeconds(30));
            return came.get(0);
        }

        boolean isOver() {
            return Boolean.TRUE.equals(outcomes.scan(Scannable.Attr.TERMINATED));
        }
    }
}
