package org.reactortopology.internal.engine;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.reactortopology.WorkKind;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.WorkStats;

/**
 * Works of one kind that follow each other without a queue: an item goes through all of them on one thread, without a hand-over.
 * {@code async} works, and works that are called again when they fail, stay alone.
 *
 * @param before makes an item of what comes in
 * @param after makes what goes out of an item
 */
record Hop(
        List<Call> calls,
        Function<Object, Item> before,
        Function<Item, Object> after,
        WorkStats stats,
        ThreadContext context,
        Set<HopRun> runs,
        Set<Item> waiting) {

    Hop(
            List<Call> calls,
            Function<Object, Item> before,
            Function<Item, Object> after,
            WorkStats stats,
            ThreadContext context) {
        this(
                List.copyOf(calls),
                before,
                after,
                stats,
                context,
                ConcurrentHashMap.newKeySet(),
                ConcurrentHashMap.newKeySet());
    }

    WorkKind kind() {
        return calls.get(0).step().work().kind();
    }

    /** Whether all of its works can be called one after the other on one thread. */
    boolean isDirect() {
        return Call.fuses(calls.get(0).step());
    }

    /** The smallest limit that the hop's works ask for, or else the given one. */
    int concurrency(int byDefault) {
        return calls.stream()
                .map(call -> call.step().work().concurrency())
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .min()
                .orElse(byDefault);
    }

    /** The code of one more lane. */
    HopRun newRun() {
        HopRun run = new HopRun(this);
        runs.add(run);
        return run;
    }

    /** The items that run now, with the work they are in, in the order of the source. */
    List<Running> running() {
        Set<Running> running = new HashSet<>();
        runs.forEach(run -> run.running().ifPresent(running::add));
        waiting.forEach(item -> running.add(new Running(calls.get(0).name(), item)));
        return running.stream()
                .sorted(Comparator.comparingLong(each -> each.item().index()))
                .toList();
    }

    /** An item and the work that it is in. */
    record Running(String work, Item item) {}
}
