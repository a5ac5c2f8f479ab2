package org.reactortopology.internal.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Deadline;
import org.reactortopology.spi.WorkWatch;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The deadlines of one call. A timer stands on the first that can pass; when it fires and the call has shown progress since, it is set once more, to the
 * last progress and the limit. So a call that keeps showing progress costs a timer for each time that the limit goes by, and one that is quick a single one.
 */
final class CallClock {

    /** Says that a deadline has passed; never leaves the framework. */
    static final class Exceeded extends Exception {
        private static final long serialVersionUID = 1L;

        private final Deadline deadline;
        private final transient Duration limit;
        private final transient Duration elapsed;

        Exceeded(Deadline deadline, Duration limit, Duration elapsed) {
            super("exceeded " + limit, null, false, false);
            this.deadline = deadline;
            this.limit = limit;
            this.elapsed = elapsed;
        }

        Deadline deadline() {
            return deadline;
        }

        Duration limit() {
            return limit;
        }

        Duration elapsed() {
            return elapsed;
        }
    }

    /** A deadline that has passed, and when the time began that it limits. */
    private record Passed(Deadline deadline, long since) {}

    private final Deadlines deadlines;
    private final long totalNanos;
    private final long silenceNanos;

    /** Told of progress, at most as often as {@link WorkWatch#tickEvery} says; null if nobody is. */
    private final @Nullable Runnable watch;

    private final Scheduler clock = Schedulers.parallel();
    private final long start = now();

    /** When the last progress was; written by whoever ticks, never backwards. */
    private final AtomicLong progress = new AtomicLong(start);

    /** When the watch was last told; written by whoever tells it. */
    private final AtomicLong told = new AtomicLong(start);

    private final Disposable.Swap timer = Disposables.swap();

    /** Written by the clock's thread, read by whoever ends the call or ticks. */
    private volatile @Nullable Passed passed;

    /** The time of the call begins now. */
    CallClock(Deadlines deadlines, @Nullable Runnable watch) {
        this.deadlines = deadlines;
        this.totalNanos = deadlines.nanos(Deadline.TOTAL);
        this.silenceNanos = deadlines.nanos(Deadline.SILENCE);
        this.watch = watch;
    }

    /** Runs the action on the clock's thread when the first deadline has passed, unless the clock is stopped before. */
    void start(Runnable action) {
        arm(now(), action);
    }

    /** No deadline counts any more; a look that is under way may still find one. */
    void stop() {
        timer.dispose();
    }

    /** Any thread. */
    void tick() {
        if (silenceNanos == Long.MAX_VALUE || passed != null || timer.isDisposed()) {
            return;
        }
        long now = now();
        forward(progress, now, 1);
        if (watch != null
                && forward(
                        told,
                        now,
                        WorkWatch.tickEvery(Duration.ofNanos(silenceNanos)).toNanos())) {
            watch.run();
        }
    }

    /** What the call ends as, given that a deadline has passed and the call is over now. */
    Exceeded exceeded() {
        Passed which = Objects.requireNonNull(passed);
        Duration limit = Objects.requireNonNull(deadlines.limit(which.deadline()));
        return new Exceeded(which.deadline(), limit, Duration.ofNanos(now() - which.since()));
    }

    /** The value if it comes in time; otherwise it is cancelled. */
    Mono<Object> limit(Mono<Object> value) {
        Mono<Boolean> late = Mono.create(sink -> {
            sink.onDispose(this::stop);
            start(() -> sink.success(true));
        });
        return value.timeout(late, Mono.error(this::exceeded));
    }

    private void look(Runnable action) {
        if (timer.isDisposed()) {
            return;
        }
        long last = progress.get();
        long now = now();
        long totalLeft = totalNanos - (now - start);
        long silenceLeft = silenceNanos - (now - last);
        if (totalLeft > 0 && silenceLeft > 0) {
            arm(now, action);
            return;
        }
        passed = totalLeft <= silenceLeft ? new Passed(Deadline.TOTAL, start) : new Passed(Deadline.SILENCE, last);
        action.run();
    }

    private void arm(long now, Runnable action) {
        long left = Math.min(totalNanos - (now - start), silenceNanos - Math.max(0, now - progress.get()));
        timer.replace(clock.schedule(() -> look(action), Math.max(1, left), TimeUnit.NANOSECONDS));
    }

    /** Moves the time on to now, if it is at least so much behind; false if it is not, or others did so meanwhile. */
    private static boolean forward(AtomicLong time, long now, long behind) {
        long last = time.get();
        while (now - last >= behind) {
            if (time.compareAndSet(last, now)) {
                return true;
            }
            last = time.get();
        }
        return false;
    }

    private long now() {
        return clock.now(TimeUnit.NANOSECONDS);
    }
}
