package org.reactortopology.internal.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactortopology.WorkKind;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.WorkStats;

/**
 * Works of one kind that follow each other without a queue, and fan-outs of such works: an item goes through all of them on one thread, without a hand-over.
 * {@code async} works, and works that are called again when they fail, stay alone.
 *
 * @param calls those of all links
 * @param before makes an item of what comes in
 * @param after makes what goes out of an item
 */
record Hop(
        List<Link> links,
        List<Call> calls,
        Function<Object, Item> before,
        Function<Item, Object> after,
        WorkStats stats,
        ThreadContext context,
        AtomicReference<@Nullable Supplier<List<?>>> lanes,
        Set<Item> waiting) {

    Hop(
            List<Link> links,
            Function<Object, Item> before,
            Function<Item, Object> after,
            WorkStats stats,
            ThreadContext context) {
        this(
                List.copyOf(links),
                links.stream().flatMap(Link::calls).toList(),
                before,
                after,
                stats,
                context,
                new AtomicReference<>(),
                ConcurrentHashMap.newKeySet());
    }

    WorkKind kind() {
        return calls.get(0).step().work().kind();
    }

    /** Whether all of its works can be called one after the other on one thread. */
    boolean isDirect() {
        return Call.fuses(calls.get(0).step());
    }

    /** The smallest limit that the hop's works ask for, or else the given one. There is none in a hop with a fan-out. */
    int concurrency(int byDefault) {
        return calls.stream()
                .map(call -> call.step().work().concurrency())
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .min()
                .orElse(byDefault);
    }

    /** Tells where to ask for what lanes have taken and not finished. */
    void lanes(Supplier<List<?>> inputs) {
        lanes.set(inputs);
    }

    /** The items that run now, in the order of the source; which of several works they are in is not kept, so the first stands for all. */
    List<Running> running() {
        List<Item> items = new ArrayList<>(waiting);
        Supplier<List<?>> taken = lanes.get();
        if (taken != null) {
            taken.get().forEach(input -> items.add(before.apply(input)));
        }
        return items.stream()
                .sorted(Comparator.comparingLong(Item::index))
                .map(item -> new Running(calls.get(0).name(), item))
                .toList();
    }

    /** An item and the work that it is in. */
    record Running(String work, Item item) {}
}
