package org.reactortopology.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.TopologyException;

/**
 * What belongs to one key while it has several parts on their way: copies on the branches of a fan-out, children, windows. The key ends when all of
 * them have.
 *
 * <p>{@link #fork} may be called on any thread that holds a part; {@link #end} by one thread at a time, the one that collects what has ended.
 */
public final class Lineage {

    private final String key;
    private final long index;
    private final boolean derived;

    /** Whose part this is; each is held open until this has ended. */
    private final List<Lineage> parents;

    private final String madeBy;
    private final long ordinal;

    /** Parts on their way. */
    private final AtomicInteger open = new AtomicInteger(1);

    /** Others with the same key whose part was joined with one of this; written before the joined part moves on. */
    private final List<Lineage> absorbed = new ArrayList<>(0);

    /** Confined to the collecting thread, like all below. */
    private @Nullable Item value;

    /** That of its parts, which share one. */
    private @Nullable Trace trace;

    private Outcome.@Nullable Consumed<Object> consumed;
    private Outcome.@Nullable Skipped<Object> skipped;
    private @Nullable Outcome<Object> failure;
    private int failureOrder = Integer.MAX_VALUE;
    private @Nullable Outcome<Object> firstFailedChild;
    private long firstFailedOrdinal = Long.MAX_VALUE;
    private String failedMadeBy = "";
    private int failedMadeByOrder = Integer.MAX_VALUE;
    private long children;
    private long failedChildren;

    private Lineage(String key, long index, boolean derived, List<Lineage> parents, String madeBy, long ordinal) {
        this.key = key;
        this.index = index;
        this.derived = derived;
        this.parents = parents;
        this.madeBy = madeBy;
        this.ordinal = ordinal;
    }

    /** Of an item that came from the source. */
    public static Lineage root(String key, long index) {
        return new Lineage(key, index, false, List.of(), "", 0);
    }

    /** Of an item that another process, or an operator of the user, made of others. */
    public static Lineage foreign(String key, long index) {
        return new Lineage(key, index, true, List.of(), "", 0);
    }

    /**
     * Of an item that was made of others; holds each of them open until it has ended.
     *
     * @param madeBy name of what made it
     * @param ordinal its position among what was made of the same items
     */
    public static Lineage of(String key, long index, List<Lineage> parents, String madeBy, long ordinal) {
        parents.forEach(parent -> parent.fork(1));
        return new Lineage(key, index, true, List.copyOf(parents), madeBy, ordinal);
    }

    /** Whether the item did not come from the source. */
    public boolean derived() {
        return derived;
    }

    /** Name of what made the item of others; empty for an item of the source. */
    public String madeBy() {
        return madeBy;
    }

    /** One part became so many more. */
    public void fork(int more) {
        open.addAndGet(more);
    }

    /** A part of {@code other}, which has the same key, was joined with one of this. */
    public void absorb(Lineage other) {
        if (other.equals(this)) {
            open.decrementAndGet();
        } else {
            absorbed.add(other);
        }
    }

    /**
     * A part has ended. If it was the last, gives the item that says how the key ended to {@code out}, then those of its parents that have ended by
     * that.
     *
     * @param part with its value, if it came to the output
     * @param order place in the plan of the work of that name
     */
    public void end(Item part, ToIntFunction<String> order, Consumer<Item> out) {
        note(part, order);
        oneLess(order, out);
    }

    private void oneLess(ToIntFunction<String> order, Consumer<Item> out) {
        if (open.decrementAndGet() > 0) {
            return;
        }
        Item ended = conclusion();
        out.accept(ended);
        for (Lineage parent : parents) {
            parent.childEnded(this, ended, order, out);
        }
        Item nothing = new Item(key, index, null, new Outcome.Consumed<>(key, index, madeBy, 0), this);
        for (Lineage other : absorbed) {
            other.endSilently(nothing, order, out);
        }
    }

    private void endSilently(Item nothing, ToIntFunction<String> order, Consumer<Item> out) {
        if (open.decrementAndGet() == 0) {
            parents.forEach(parent -> parent.childEnded(this, nothing, order, out));
        }
    }

    private void childEnded(Lineage child, Item ended, ToIntFunction<String> order, Consumer<Item> out) {
        children++;
        Outcome<Object> outcome = ended.ended();
        if (outcome != null && outcome.isFailure()) {
            failedChildren++;
            int place = order.applyAsInt(child.madeBy);
            if (place < failedMadeByOrder || (place == failedMadeByOrder && child.ordinal < firstFailedOrdinal)) {
                failedMadeBy = child.madeBy;
                failedMadeByOrder = place;
                firstFailedOrdinal = child.ordinal;
                firstFailedChild = outcome;
            }
        }
        // how the part ended that became the child was noted when it did
        oneLess(order, out);
    }

    private void note(Item part, ToIntFunction<String> order) {
        trace = part.trace() == null ? trace : part.trace();
        Outcome<Object> ended = part.ended();
        if (ended == null) {
            value = part;
        } else if (ended instanceof Outcome.Consumed<Object> here) {
            children += here.children(); // 0 here, but not if the part ended in another process
            if (consumed == null || order.applyAsInt(here.by()) < order.applyAsInt(consumed.by())) {
                consumed = here;
            }
        } else if (ended instanceof Outcome.Skipped<Object> here) {
            skipped = skipped == null ? here : skipped;
        } else {
            note(ended, workOrder(ended, order));
        }
    }

    private void note(Outcome<Object> ended, int order) {
        if (failure == null || order < failureOrder) {
            failure = ended;
            failureOrder = order;
        }
    }

    private static int workOrder(Outcome<Object> ended, ToIntFunction<String> order) {
        if (ended instanceof Outcome.Failed<Object> failed) {
            return order.applyAsInt(failed.work());
        }
        return ended instanceof Outcome.TimedOut<Object> late ? order.applyAsInt(late.work()) : -1;
    }

    private Item conclusion() {
        if (firstFailedChild != null) {
            note(childrenFailed(firstFailedChild), failedMadeByOrder);
        }
        Item done = value;
        if (failure == null && done != null) {
            return new Item(key, index, done.value(), null, this, trace);
        }
        Outcome<Object> ended = failure;
        if (ended == null && skipped != null && children == 0) {
            ended = skipped; // that a sink beside has taken it says less
        }
        if (ended == null && consumed != null) {
            ended = new Outcome.Consumed<>(key, index, consumed.by(), children);
        }
        if (ended == null) {
            ended = skipped == null ? new Outcome.Consumed<>(key, index, madeBy, children) : skipped;
        }
        return new Item(key, index, null, ended, this, trace);
    }

    private Outcome<Object> childrenFailed(Outcome<Object> first) {
        String why = first instanceof Outcome.Failed<Object> failed ? failed.summary() : first.toString();
        TopologyException cause =
                new TopologyException(failedChildren + " of the " + children + " items that were made of key '" + key
                        + "' failed, first '" + first.key() + "' of '" + failedMadeBy + "': " + why);
        return new Outcome.Failed<>(key, index, failedMadeBy, cause);
    }
}
