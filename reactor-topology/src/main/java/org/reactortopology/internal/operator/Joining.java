package org.reactortopology.internal.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Outcome;
import org.reactortopology.TopologyException;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Lineage;
import org.reactortopology.spi.Step;
import reactor.core.publisher.Flux;

/**
 * Joins the parts of each key that come from several sides. A part that failed or was skipped counts as a part, so nobody waits for it. One that was
 * consumed passes by: its item is at its end there, and another part of the same key may come from the same side, as where children and their parents
 * are merged.
 */
public final class Joining {

    /** A part with the number of the side that it came from. */
    private record Part(int side, Item item) {}

    private final Step.JoinStep step;

    /** Confined to the flux, which is serialized: the parts that wait for others of their key. */
    private final Map<String, @Nullable Item[]> waiting = new LinkedHashMap<>();

    private Joining(Step.JoinStep step) {
        this.step = step;
    }

    /** The joined items, each with the list of its parts' values; at the end, as failed, those of which parts are missing. */
    public static Flux<Item> of(List<Flux<Item>> sides, Step.JoinStep step, int prefetch) {
        return Flux.defer(() -> {
            Joining joining = new Joining(step);
            List<Flux<Part>> parts = new ArrayList<>();
            for (int i = 0; i < sides.size(); i++) {
                int side = i;
                parts.add(sides.get(i).map(item -> new Part(side, item)));
            }
            // the merge asks every side for more as long as anybody asks here: a part never blocks the way of the one
            // it waits for
            return Flux.fromIterable(parts)
                    .flatMap(side -> side, parts.size(), prefetch)
                    .<Item>handle((part, sink) -> {
                        Item joined = joining.arrived(part);
                        if (joined != null) {
                            sink.next(joined);
                        }
                    })
                    .concatWith(Flux.defer(() -> Flux.fromIterable(joining.rest())));
        });
    }

    private @Nullable Item arrived(Part part) {
        if (part.item().ended() instanceof Outcome.Consumed) {
            return part.item();
        }
        @Nullable
        Item[] parts = waiting.computeIfAbsent(
                part.item().key(), key -> new Item[step.sides().size()]);
        Item before = parts[part.side()];
        if (before != null) {
            return part.item()
                    .failed(
                            step.name(),
                            new TopologyException("join '" + step.name() + "' got key '"
                                    + part.item().key() + "' twice from '"
                                    + step.sides().get(part.side())
                                    + "': a key comes once from each side"));
        }
        parts[part.side()] = part.item();
        for (Item each : parts) {
            if (each == null) {
                return null;
            }
        }
        waiting.remove(part.item().key());
        return joined(parts);
    }

    private Item joined(@Nullable Item[] parts) {
        List<Item> all = new ArrayList<>(parts.length);
        for (Item part : parts) {
            all.add(Objects.requireNonNull(part));
        }
        Lineage lineage = Objects.requireNonNull(all.get(0).lineage());
        for (int i = 1; i < parts.length; i++) {
            lineage.absorb(Objects.requireNonNull(all.get(i).lineage()));
        }
        return joined(step, all);
    }

    /** The item that the parts of one key become, which have come from each side: the first part with the list of their values, or as it ended. */
    public static Item joined(Step.JoinStep step, List<Item> parts) {
        Item first = parts.get(0);
        List<Object> values = new ArrayList<>(parts.size());
        int missing = -1;
        for (int i = 0; i < parts.size(); i++) {
            Outcome<Object> ended = parts.get(i).ended();
            if (ended != null && ended.isFailure()) {
                return first.ended(ended);
            }
            Object value = parts.get(i).value();
            if (value == null) {
                missing = missing < 0 ? i : missing;
            } else {
                values.add(value);
            }
        }
        if (values.isEmpty()) {
            return first.ended(Objects.requireNonNull(first.ended()));
        }
        return missing < 0 ? first.withValue(values) : first.failed(step.name(), missing(step, first.key(), missing));
    }

    /** What is left when all sides have ended. */
    private List<Item> rest() {
        List<Item> rest = new ArrayList<>();
        for (@Nullable Item[] parts : waiting.values()) {
            int missing = Arrays.asList(parts).indexOf(null);
            for (Item part : parts) {
                if (part != null) {
                    boolean ended = part.ended() != null;
                    rest.add(ended ? part : part.failed(step.name(), missing(step, part.key(), missing)));
                }
            }
        }
        waiting.clear();
        return rest;
    }

    private static TopologyException missing(Step.JoinStep step, String key, int side) {
        return new TopologyException(
                "join '" + step.name() + "' got no value of key '" + key + "' from '"
                        + step.sides().get(side)
                        + "': an item is joined when every side brings it; recover it there, or filter it before the sides part");
    }
}
