package org.reactortopology.internal.operator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Lineage;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.Trace;
import reactor.core.publisher.Flux;

/** Makes windows of items that come in order; each member goes on as ended when no further window needs it. */
public final class Windows {

    private final Step.WindowStep step;
    private final Numbering numbering;

    /** Confined to the flux, which is serialized, like all below. */
    private final Deque<Member> members = new ArrayDeque<>();

    private long arrived;
    private long windows;

    /** A member that may still be needed. */
    private static final class Member {
        private final Item item;
        private final long position;
        private boolean used;

        Member(Item item, long position) {
            this.item = item;
            this.position = position;
        }
    }

    private Windows(Step.WindowStep step, Numbering numbering) {
        this.step = step;
        this.numbering = numbering;
    }

    /** The windows, and the ended members behind them; what the numbering does not count passes by. */
    public static Flux<Item> of(Flux<Item> inOrder, Step.WindowStep step, Numbering numbering) {
        return Flux.defer(() -> {
            Windows windows = new Windows(step, numbering);
            return inOrder.concatMapIterable(windows::next, 1)
                    .concatWith(Flux.defer(() -> Flux.fromIterable(windows.leave(Long.MAX_VALUE))));
        });
    }

    private List<Item> next(Item item) {
        if (!numbering.counts(item)) {
            // a member of a window before that was recovered behind it has a value, but no neighbours
            return List.of(item.ended() == null ? item.skipped(outside()) : item);
        }
        members.add(new Member(item, arrived));
        arrived++;
        List<Item> out = new ArrayList<>();
        long start = arrived - step.size();
        if (start >= 0 && start % step.step() == 0) {
            out.add(window(start));
        }
        out.addAll(leave(windows * step.step()));
        return out;
    }

    /** Members before that position, which no further window needs. */
    private List<Item> leave(long before) {
        List<Item> out = new ArrayList<>();
        while (!members.isEmpty() && members.peek().position < before) {
            Member member = members.remove();
            Item item = member.item;
            if (item.ended() != null) {
                out.add(item);
            } else {
                out.add(member.used ? item.consumed(step.name()) : item.skipped(outside()));
            }
        }
        return out;
    }

    private String outside() {
        return "in no full window of '" + step.name() + "'";
    }

    private Item window(long start) {
        List<Item> items = new ArrayList<>(step.size());
        for (Member member : members) {
            if (member.position >= start) {
                member.used = true;
                items.add(member.item);
            }
        }
        List<Lineage> parents = items.stream()
                .map(item -> Objects.requireNonNull(item.lineage()))
                .toList();
        String key = key(items);
        long number = windows++;
        Lineage lineage = Lineage.of(key, number, parents, step.name(), number);
        Item window = new Item(key, number, items, null, lineage, trace(items));
        return shaped(window, items);
    }

    /** Traced if one of its members is. */
    private static @Nullable Trace trace(List<Item> members) {
        Trace trace = null;
        for (Item member : members) {
            trace = trace == null ? Trace.like(member.trace()) : trace;
        }
        return trace;
    }

    private Item shaped(Item window, List<Item> items) {
        for (Item item : items) {
            if (item.ended() instanceof Outcome.Failed<Object> failed) {
                return window.failed(failed.work(), failed.cause());
            } else if (item.ended() instanceof Outcome.TimedOut<Object> late) {
                return window.ended(new Outcome.TimedOut<>(
                        window.key(), window.index(), late.work(), late.deadline(), late.limit(), late.elapsed()));
            } else if (item.ended() instanceof Outcome.Crashed<Object> crashed) {
                return window.ended(crashed.of(window.key(), window.index()));
            }
        }
        for (Item item : items) {
            if (item.ended() != null) {
                return window.skipped("its member '" + item.key() + "' was skipped");
            }
        }
        return window.withValue(step.shape()
                .apply(items.stream()
                        .map(item -> Objects.requireNonNull(item.value()))
                        .toList()));
    }

    private String key(List<Item> items) {
        String first = items.get(0).key();
        String last = items.get(items.size() - 1).key();
        return step.size() == 1 ? first + ".." : first + (step.pairs() ? "+" : "..") + last;
    }
}
