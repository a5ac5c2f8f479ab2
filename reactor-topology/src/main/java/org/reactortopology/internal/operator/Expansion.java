package org.reactortopology.internal.operator;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactortopology.TopologyException;
import org.reactortopology.spi.Item;
import org.reactortopology.spi.Lineage;
import org.reactortopology.spi.Step;
import org.reactortopology.spi.Trace;
import reactor.core.publisher.Flux;

/** Turns each item, whose value is an iterable, into its children and behind them itself, ended. */
public final class Expansion {

    private Expansion() {}

    /** The children, as they are asked for, and the ended parents. */
    public static Flux<Item> of(Flux<Item> items, Step.ExpandStep step) {
        return items.concatMapIterable(
                item -> item.ended() == null ? () -> new Children(item, step) : List.of(item), 1);
    }

    private static final class Children implements Iterator<Item> {

        private final Item parent;
        private final Step.ExpandStep step;
        private final Lineage lineage;
        private final Set<String> keys = new HashSet<>();
        private @Nullable Iterator<?> values;
        private long made;
        private boolean over;

        Children(Item parent, Step.ExpandStep step) {
            this.parent = parent;
            this.step = step;
            this.lineage = Objects.requireNonNull(parent.lineage());
        }

        @Override
        public boolean hasNext() {
            return !over;
        }

        @Override
        public Item next() {
            if (over) {
                throw new NoSuchElementException("the items of '" + parent.key() + "' are out");
            }
            try {
                if (values == null) {
                    values = ((Iterable<?>) Objects.requireNonNull(parent.value())).iterator();
                }
                if (values.hasNext()) {
                    return child(Objects.requireNonNull(values.next(), "a child is null"));
                }
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) { // the user's iterator
                over = true;
                return parent.failed(step.name(), e);
            }
            over = true;
            return parent.consumed(step.name());
        }

        private Item child(Object value) {
            long ordinal = made++;
            String key = step.childKey() == null
                    ? parent.key() + "/" + ordinal
                    : step.childKey().apply(value, ordinal);
            if (step.childKey() != null && (key == null || key.isBlank() || !keys.add(key))) {
                throw new TopologyException("flatMap '" + step.name() + "' gave child " + ordinal + " of key '"
                        + parent.key() + "' the key " + (key == null ? "null" : "'" + key + "'")
                        + ": a child's key must not be blank or that of a sibling; change the key function");
            }
            return new Item(
                    key,
                    parent.index(),
                    value,
                    null,
                    Lineage.of(key, parent.index(), List.of(lineage), step.name(), ordinal),
                    Trace.like(parent.trace()));
        }
    }
}
