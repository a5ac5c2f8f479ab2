package org.reactortopology.internal.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reactortopology.spi.Item;
import reactor.core.publisher.Flux;

/** Puts items back into the order of their indexes, every one of which comes exactly once. */
public final class Ordering {

    private Ordering() {}

    /**
     * The items in order. Those that another count numbers, such as the members of windows, which have ended, pass by.
     *
     * @param gate stands where they were in order for the last time, and bounds what waits here
     * @param prefetch its permits
     * @param numbering tells the items that are counted here
     */
    public static Flux<Item> of(Flux<Item> items, Gate gate, int prefetch, Numbering numbering) {
        return Flux.defer(() -> {
                    Waiting waiting = new Waiting(numbering);
                    return items.<Item>concatMapIterable(waiting::ready, prefetch)
                            .concatWith(Flux.defer(() -> Flux.fromIterable(waiting.rest())));
                })
                .doOnNext(item -> gate.release());
    }

    /** Confined to the flux, which is serialized. */
    private static final class Waiting {

        private final Map<Long, Item> early = new HashMap<>();
        private final Numbering numbering;
        private long next;

        Waiting(Numbering numbering) {
            this.numbering = numbering;
        }

        List<Item> ready(Item item) {
            if (!numbering.counts(item)) {
                return List.of(item);
            }
            if (item.index() != next) {
                early.put(item.index(), item);
                return List.of();
            }
            List<Item> ready = new ArrayList<>();
            for (Item each = item; each != null; each = early.remove(next)) {
                ready.add(each);
                next++;
            }
            return ready;
        }

        /** Nothing waits at the end, unless a source gave indexes with gaps: then what came behind a gap. */
        List<Item> rest() {
            return early.values().stream()
                    .sorted(java.util.Comparator.comparingLong(Item::index))
                    .toList();
        }
    }
}
