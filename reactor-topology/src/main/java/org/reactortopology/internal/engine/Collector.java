package org.reactortopology.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Lineage;
import reactor.core.publisher.Flux;

/** Brings what has ended together: one item for each key, when all of its parts have. */
final class Collector {

    private final ToIntFunction<String> order;

    Collector(ToIntFunction<String> order) {
        this.order = order;
    }

    Flux<Item> collect(List<Flux<Object>> ends, int ahead) {
        Flux<Object> all =
                ends.size() == 1 ? ends.get(0) : Flux.fromIterable(ends).flatMap(end -> end, ends.size(), ahead);
        return all.concatMapIterable(part -> ended((Item) part), ahead);
    }

    private List<Item> ended(Item part) {
        Lineage lineage = part.lineage();
        if (lineage == null) {
            return List.of(part);
        }
        List<Item> ended = new ArrayList<>(1);
        lineage.end(part, order, ended::add);
        return ended;
    }
}
