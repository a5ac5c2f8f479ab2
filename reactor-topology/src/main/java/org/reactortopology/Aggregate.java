package org.reactortopology;

import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How values are summed up into one result, and the typed key under which a run's report holds it.
 *
 * <p>Each lane or worker accumulates into accumulators of its own, which are combined at the end. So the laws of a parallel reduction must hold, for
 * any split of the values and any order: {@code combine(a, create())} equals {@code a}; {@code combine} is associative and does not care for the
 * order; accumulating all values into one accumulator and combining the accumulators of any split finish as the same result.
 *
 * @param name unique in the topology
 * @param create makes an empty accumulator
 * @param accumulate adds a value and returns the accumulator, the same or another; must leave it as it was if it throws
 * @param combine joins two accumulators into one, which may be either of them
 * @param finish makes the result of the last accumulator; called once per run, also if there was no value
 * @param <T> type of the values
 * @param <A> type of the accumulators; across processes one that the topology names in {@link TopologyBuilder#types}
 * @param <R> type of the result
 */
public record Aggregate<T, A, R>(
        String name,
        Supplier<? extends A> create,
        Accumulation<A, T> accumulate,
        BinaryOperator<A> combine,
        Function<? super A, ? extends R> finish) {

    /** Checks that all are there. */
    public Aggregate {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(create, "create");
        Objects.requireNonNull(accumulate, "accumulate");
        Objects.requireNonNull(combine, "combine");
        Objects.requireNonNull(finish, "finish");
    }

    /** Adds a value to an accumulator. */
    @FunctionalInterface
    public interface Accumulation<A, T> {
        /** Returns the accumulator with the value in it. */
        A add(A accumulator, T value) throws Exception;
    }

    /** An aggregate of that name. */
    public static <T, A, R> Aggregate<T, A, R> of(
            String name,
            Supplier<? extends A> create,
            Accumulation<A, T> accumulate,
            BinaryOperator<A> combine,
            Function<? super A, ? extends R> finish) {
        return new Aggregate<>(name, create, accumulate, combine, finish);
    }
}
