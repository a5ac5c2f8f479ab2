package org.reactortopology;

/**
 * What a {@code cpu} or {@code io} work does to one item.
 *
 * <p>Called once per item, by many threads at a time (one per lane), so it must be thread-safe.
 *
 * @param <I> type of the value that comes in
 * @param <O> type of the value that goes out
 */
@FunctionalInterface
public interface WorkFunction<I, O> {

    /**
     * Computes the item's next value.
     *
     * @return never null: a null makes the item {@link Outcome.Failed}
     * @throws Exception any; makes the item {@link Outcome.Failed} and never ends the run
     */
    O apply(I value) throws Exception;
}
