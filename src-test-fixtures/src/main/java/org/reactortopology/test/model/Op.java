package org.reactortopology.test.model;

import java.util.List;

/**
 * One part of a random graph. Its number is its place in the list; it stands behind all that it takes from.
 *
 * @param in numbers of the parts that it takes from
 * @param a chooses among the variants of the verb
 * @param b another choice
 * @param failEvery about one value in so many fails; 0 for none
 * @param salt makes its functions differ from those of others
 */
record Op(Verb verb, List<Integer> in, int a, int b, int failEvery, long salt) {
    Op {
        in = List.copyOf(in);
    }

    int first() {
        return in.get(0);
    }
}
