package org.reactortopology;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.util.retry.Retry;

/**
 * A user function with its kind and limits; becomes {@code Flux} operators when a topology runs.
 *
 * <p>Immutable: each setter returns a changed copy.
 *
 * @param <I> type of the value that comes in
 * @param <O> type of the value that goes out
 */
public final class Work<I, O> {

    /** What a work may not exceed, and what happens when it fails or does. */
    private record Limits(
            OptionalInt concurrency,
            Optional<Duration> timeout,
            Optional<Duration> silence,
            Optional<Retry> retry,
            Optional<RetryPolicy> policy) {
        static final Limits NONE =
                new Limits(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Most items that a work may run at once: {@code io} works have a thread for each. */
    public static final int MAX_CONCURRENCY = 1 << 14;

    private final WorkKind kind;

    /** What is called, given what {@link #once} was computed as (null if there is none). */
    private final Function<@Nullable Object, WorkFunction<I, ?>> function;

    private final @Nullable Once<?> once;
    private final Limits limits;

    private Work(
            WorkKind kind,
            Function<@Nullable Object, WorkFunction<I, ?>> function,
            @Nullable Once<?> once,
            Limits limits) {
        this.kind = kind;
        this.function = function;
        this.once = once;
        this.limits = limits;
    }

    /** A work that computes: runs on the parallel scheduler and must not block. */
    public static <I, O> Work<I, O> cpu(WorkFunction<I, O> function) {
        return of(WorkKind.CPU, Objects.requireNonNull(function, "function"));
    }

    /** A work that reads, writes or waits: runs on threads of its own kind and may block. */
    public static <I, O> Work<I, O> io(WorkFunction<I, O> function) {
        return of(WorkKind.IO, Objects.requireNonNull(function, "function"));
    }

    /**
     * A work that returns a publisher of exactly one value (a {@code Mono}): called on the thread that brings the item, and must not
     * block it. An empty publisher makes the item {@link Outcome.Failed}; of several values the first is taken and the rest cancelled.
     */
    public static <I, O> Work<I, O> async(Function<I, ? extends Publisher<? extends O>> function) {
        Objects.requireNonNull(function, "function");
        return of(WorkKind.ASYNC, function::apply);
    }

    static <C, I, O> Work<I, O> with(
            WorkKind kind, Once<C> once, BiFunction<? super C, ? super I, ? extends O> function) {
        Objects.requireNonNull(function, "function");
        @SuppressWarnings("unchecked") // the engine passes what this very once supplied
        Function<@Nullable Object, WorkFunction<I, ?>> bound =
                constant -> value -> function.apply((C) Objects.requireNonNull(constant), value);
        return new Work<>(kind, bound, once, Limits.NONE);
    }

    private static <I, O> Work<I, O> of(WorkKind kind, WorkFunction<I, ?> function) {
        return new Work<>(kind, constant -> function, null, Limits.NONE);
    }

    /**
     * Sets how many items this work may have running at once in one JVM. Default: the number of cpu threads for {@code cpu}, twice that
     * and at least 4 for {@code io}, 16 for {@code async}. Works of one kind that follow each other without a queue run as one hop,
     * whose limit is the smallest of theirs.
     *
     * @throws IllegalArgumentException if {@code items} is below 1 or above {@link #MAX_CONCURRENCY}
     */
    public Work<I, O> concurrency(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("concurrency is " + items + ": a work runs at least 1 item at once");
        }
        if (items > MAX_CONCURRENCY) {
            throw new IllegalArgumentException("concurrency is " + items + ": a work runs at most " + MAX_CONCURRENCY
                    + " items at once; for calls that wait, use an async work");
        }
        return limited(
                new Limits(OptionalInt.of(items), limits.timeout(), limits.silence(), limits.retry(), limits.policy()));
    }

    /**
     * Limits how long one call may take. When the time is over, the thread is interrupted ({@code async}: the publisher is cancelled) and the item
     * becomes {@link Outcome.TimedOut} as soon as the call has ended; code that ignores the interrupt keeps its thread until it returns.
     * With {@link #retry}, each attempt has that time. The clock is {@link reactor.core.scheduler.Schedulers#parallel()}. Default: none.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    public Work<I, O> timeout(Duration limit) {
        Optional<Duration> checked = Optional.of(positive("timeout", limit));
        return limited(new Limits(limits.concurrency(), checked, limits.silence(), limits.retry(), limits.policy()));
    }

    /**
     * Limits how long one call may go on without progress, which is its begin or a {@link WorkContext#tick()}. When that time is over, the same happens
     * as after {@link #timeout}; a work may have both limits. With {@link #retry}, each attempt begins anew. Default: none.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    public Work<I, O> silence(Duration limit) {
        Optional<Duration> checked = Optional.of(positive("silence", limit));
        return limited(new Limits(limits.concurrency(), limits.timeout(), checked, limits.retry(), limits.policy()));
    }

    /**
     * Calls the work again when it has failed or exceeded a deadline, as the specification says; waiting between two attempts holds no
     * thread, but the item counts as one that runs. When the attempts are used up, the item ends as the last one did. Each attempt is counted as a
     * call. Replaces what either {@code retry} has set before. Default: none.
     */
    public Work<I, O> retry(Retry specification) {
        Optional<Retry> given = Optional.of(Objects.requireNonNull(specification, "specification"));
        return limited(new Limits(limits.concurrency(), limits.timeout(), limits.silence(), given, Optional.empty()));
    }

    /**
     * Calls the work again as often as the policy says for each reason; waiting between two attempts holds no thread, but the item counts as one that
     * runs. Each attempt is counted as a call. Delays are by the clock {@link reactor.core.scheduler.Schedulers#parallel()}. Replaces what either
     * {@code retry} has set before. Default: none.
     */
    public Work<I, O> retry(RetryPolicy policy) {
        Optional<RetryPolicy> given = Optional.of(Objects.requireNonNull(policy, "policy"));
        return limited(new Limits(limits.concurrency(), limits.timeout(), limits.silence(), Optional.empty(), given));
    }

    private Work<I, O> limited(Limits changed) {
        return new Work<>(kind, function, once, changed);
    }

    private static Duration positive(String what, Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException(what + " is " + limit + ": it must be positive");
        }
        return limit;
    }

    /** On which threads it runs. */
    public WorkKind kind() {
        return kind;
    }

    /** The limit set by {@link #concurrency(int)}. */
    public OptionalInt concurrency() {
        return limits.concurrency();
    }

    /** The limit set by {@link #timeout(Duration)}. */
    public Optional<Duration> timeout() {
        return limits.timeout();
    }

    /** The limit set by {@link #silence(Duration)}. */
    public Optional<Duration> silence() {
        return limits.silence();
    }

    /** What was set by {@link #retry(Retry)}. */
    public Optional<Retry> retry() {
        return limits.retry();
    }

    /** What was set by {@link #retry(RetryPolicy)}. */
    public Optional<RetryPolicy> retryPolicy() {
        return limits.policy();
    }

    /** The value that it needs, if it was made by a {@link Once}. */
    public Optional<Once<?>> once() {
        return Optional.ofNullable(once);
    }

    /**
     * What is called for each item; for {@code async} works it returns the publisher of the value.
     *
     * @param constant what {@link #once} was computed as; null if there is none
     */
    public WorkFunction<I, ?> function(@Nullable Object constant) {
        return function.apply(constant);
    }
}
