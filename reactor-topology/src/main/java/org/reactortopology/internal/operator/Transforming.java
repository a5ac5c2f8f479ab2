package org.reactortopology.internal.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Keyed;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Lineage;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.Trace;
import reactor.core.publisher.Flux;

/** Runs the user's operator over keyed values and finds the items of what it emits again. Used for one run. */
public final class Transforming {

    private final Step.TransformStep step;

    /** For what the operator makes itself. */
    private final Supplier<@Nullable Trace> traces;

    /** Given to the operator and not emitted by it. Each entry is removed by whoever lets the item go on. */
    private final Map<String, Item> given = new ConcurrentHashMap<>();

    private final AtomicLong own = new AtomicLong();

    /** Set once by the operator's end, read by what passes by. */
    private volatile boolean over;

    private volatile @Nullable Throwable failure;

    private Transforming(Step.TransformStep step, Supplier<@Nullable Trace> traces) {
        this.step = step;
        this.traces = traces;
    }

    /** The items of what the operator emits, those that passed by, and in the end those that it has not emitted. */
    public static Flux<Item> of(
            Flux<Item> items, Step.TransformStep step, int prefetch, Supplier<@Nullable Trace> traces) {
        return Flux.defer(() -> {
            Transforming transforming = new Transforming(step, traces);
            return items.doOnNext(transforming::give)
                    .publish(transforming::ways, prefetch)
                    .concatWith(Flux.defer(() -> Flux.fromIterable(transforming.rest())));
        });
    }

    private void give(Item item) {
        if (item.ended() == null) {
            given.put(item.key(), item);
        }
    }

    private Flux<Item> ways(Flux<Item> shared) {
        Flux<Keyed<Object>> values = shared.filter(item -> item.ended() == null)
                .map(item -> new Keyed<>(item.key(), Objects.requireNonNull(item.value())));
        Flux<Item> through = Flux.defer(() -> step.operator().apply(values))
                .map(this::taken)
                .onErrorResume(error -> {
                    failure = error;
                    return Flux.empty();
                })
                .concatWith(Flux.defer(() -> {
                    over = true;
                    return Flux.fromIterable(rest());
                }));
        Flux<Item> by = shared.handle((item, sink) -> {
            if (item.ended() != null) {
                sink.next(item);
            } else if (over && given.remove(item.key(), item)) {
                sink.next(left(item));
            }
        });
        return Flux.merge(by, through);
    }

    private Item taken(Keyed<Object> emitted) {
        Item item = given.remove(emitted.key());
        if (item != null) {
            return item.withValue(emitted.value());
        }
        Lineage lineage = Lineage.foreign(emitted.key(), own.get());
        return new Item(emitted.key(), own.getAndIncrement(), emitted.value(), null, lineage, traces.get());
    }

    private List<Item> rest() {
        List<Item> rest = new ArrayList<>();
        for (Item item : List.copyOf(given.values())) {
            if (given.remove(item.key(), item)) {
                rest.add(left(item));
            }
        }
        return rest;
    }

    private Item left(Item item) {
        Throwable error = failure;
        return error == null ? item.skipped("not emitted by '" + step.name() + "'") : item.failed(step.name(), error);
    }
}
