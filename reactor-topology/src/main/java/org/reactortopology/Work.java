package org.reactortopology;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import org.reactivestreams.Publisher;

/**
 * A user function with its kind and limits; becomes {@code Flux} operators when a topology runs.
 *
 * <p>Immutable: each setter returns a changed copy.
 *
 * @param <I> type of the value that comes in
 * @param <O> type of the value that goes out
 */
public final class Work<I, O> {

    private final WorkKind kind;
    private final WorkFunction<I, ?> function;
    private final OptionalInt concurrency;

    private Work(WorkKind kind, WorkFunction<I, ?> function, OptionalInt concurrency) {
        this.kind = kind;
        this.function = function;
        this.concurrency = concurrency;
    }

    /** A work that computes: runs on the parallel scheduler and must not block. */
    public static <I, O> Work<I, O> cpu(WorkFunction<I, O> function) {
        return new Work<>(WorkKind.CPU, Objects.requireNonNull(function, "function"), OptionalInt.empty());
    }

    /** A work that reads, writes or waits: runs on threads of its own kind and may block. */
    public static <I, O> Work<I, O> io(WorkFunction<I, O> function) {
        return new Work<>(WorkKind.IO, Objects.requireNonNull(function, "function"), OptionalInt.empty());
    }

    /**
     * A work that returns a publisher of exactly one value (a {@code Mono}): called on the thread that brings the item, and must not
     * block it. An empty publisher makes the item {@link Outcome.Failed}; of several values the first is taken and the rest cancelled.
     */
    public static <I, O> Work<I, O> async(Function<I, ? extends Publisher<? extends O>> function) {
        Objects.requireNonNull(function, "function");
        return new Work<>(WorkKind.ASYNC, function::apply, OptionalInt.empty());
    }

    /**
     * Sets how many items this work may have running at once in one JVM. Default: the number of cpu threads for {@code cpu}, twice that
     * and at least 4 for {@code io}, 16 for {@code async}. Works of one kind that follow each other without a queue run as one hop,
     * whose limit is the smallest of theirs.
     *
     * @throws IllegalArgumentException if {@code items} is below 1
     */
    public Work<I, O> concurrency(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("concurrency is " + items + ": a work runs at least 1 item at once");
        }
        return new Work<>(kind, function, OptionalInt.of(items));
    }

    /** On which threads this work runs. */
    public WorkKind kind() {
        return kind;
    }

    /** The limit set by {@link #concurrency(int)}, if any. */
    public OptionalInt concurrency() {
        return concurrency;
    }

    /** The function itself; that of an {@code async} work returns a {@link Publisher} of the value. */
    public WorkFunction<I, ?> function() {
        return function;
    }
}
