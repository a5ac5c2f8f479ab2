package org.reactortopology.internal.operator;

import org.reactortopology.spi.Item;
import org.reactortopology.spi.Lineage;

/**
 * Which items an index counts at a place in the graph. Behind a window these are the windows alone: its members pass there too, ended, with the
 * indexes that they had before.
 *
 * @param window name of the last window before that place; empty if there is none
 */
public record Numbering(String window) {

    /** Whether the item's index is of this count. */
    boolean counts(Item item) {
        Lineage lineage = item.lineage();
        return window.isEmpty() || (lineage != null && lineage.madeBy().equals(window));
    }
}
