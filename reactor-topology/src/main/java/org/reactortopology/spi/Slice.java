package org.reactortopology.spi;

import java.util.OptionalInt;
import java.util.Set;

/**
 * The part of a topology that workers run.
 *
 * @param entry id of the node whose items enter it; not part of it
 * @param exit id of the node, part of it, whose items leave it; empty if items end in it
 * @param nodes ids of its nodes
 */
public record Slice(int entry, OptionalInt exit, Set<Integer> nodes) {
    /** Copies the set. */
    public Slice {
        nodes = Set.copyOf(nodes);
    }
}
