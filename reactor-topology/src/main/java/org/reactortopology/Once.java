package org.reactortopology;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;

/**
 * A value that is computed once and given to works: a mask, a calibration, a model. Made by {@link TopologyBuilder#once} or
 * {@link TopologyBuilder#oncePerWorker}; a work that needs it is made by {@link #cpu} or {@link #io}.
 *
 * <p>It is computed anew in every run, on a thread that may block, before the first item is taken. If that throws, the run fails with a
 * {@link TopologyException} that names it, and no item is lost because none was taken. Works on several threads share it, so they must
 * not change it.
 *
 * @param <C> type of the value
 */
public final class Once<C> {

    private final String name;
    private final Callable<? extends C> supplier;
    private final boolean perWorker;

    Once(String name, Callable<? extends C> supplier, boolean perWorker) {
        this.name = Objects.requireNonNull(name, "name");
        this.supplier = Objects.requireNonNull(supplier, "supplier");
        this.perWorker = perWorker;
    }

    /** A work that computes from this value and the item's. */
    public <I, O> Work<I, O> cpu(BiFunction<? super C, ? super I, ? extends O> function) {
        return Work.with(WorkKind.CPU, this, function);
    }

    /** A work that reads, writes or waits, given this value and the item's. */
    public <I, O> Work<I, O> io(BiFunction<? super C, ? super I, ? extends O> function) {
        return Work.with(WorkKind.IO, this, function);
    }

    /** The name, unique among the names of the topology. */
    public String name() {
        return name;
    }

    /** Whether each worker computes its own, rather than getting the coordinator's by value. */
    public boolean perWorker() {
        return perWorker;
    }

    /** What computes it. */
    public Callable<? extends C> supplier() {
        return supplier;
    }

    /** The name. */
    @Override
    public String toString() {
        return "Once[" + name + "]";
    }
}
