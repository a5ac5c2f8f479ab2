package org.reactortopology.internal.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactortopology.spi.Node;
import org.reactortopology.spi.Step;

/**
 * A part of the graph while it is described. Immutable; equal only to itself.
 *
 * @param sketch the description that it belongs to
 * @param order when it was described: inputs come before what takes from them
 * @param loop where the loop that ends here began; null for all else
 */
@SuppressWarnings("ReferenceEquality") // a part is itself, however alike another is
public record Vertex(
        Sketch sketch,
        int order,
        Step step,
        List<Vertex> inputs,
        @Nullable Vertex loop) {

    /** Copies the list. */
    public Vertex {
        inputs = List.copyOf(inputs);
    }

    /** The name that errors give it: its own, or else that of the nearest part before it. */
    public String label() {
        String own = ownName();
        return own.isEmpty() && !inputs.isEmpty() ? inputs.get(0).label() : own;
    }

    /** Name as the user gave it; empty for parts that have none. */
    public String ownName() {
        return new Node(0, step, List.of()).name();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "Vertex[" + order + " " + label() + "]";
    }
}
