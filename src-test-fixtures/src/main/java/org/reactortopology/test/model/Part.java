package org.reactortopology.test.model;

import org.jspecify.annotations.Nullable;

/**
 * One part of an item as the oracle sees it: with a value, or ended.
 *
 * @param numbering which count the index belongs to: 0 for the source's, else the number of a window
 */
record Part(
        Life life,
        long index,
        int numbering,
        @Nullable Long value,
        @Nullable End end) {

    String key() {
        return life.key();
    }

    boolean live() {
        return end == null;
    }

    long number() {
        if (value == null) {
            throw new IllegalStateException(key() + " has ended");
        }
        return value;
    }

    Part with(long next) {
        return new Part(life, index, numbering, next, null);
    }

    Part ended(End how) {
        return new Part(life, index, numbering, null, how);
    }

    Part failed(int work, Class<?> cause) {
        return ended(new End(End.Kind.FAILED, work, 0, cause.getName(), 0));
    }
}
