package org.reactortopology.test.model;

/**
 * All that a random graph is made from, the same in every process.
 *
 * @param seed decides everything that is left open
 * @param size how many parts are tried; fewer may fit together
 * @param items how many numbers the source has
 */
public record GraphSeed(long seed, int size, int items) {

    /** Up to 24 parts and 60 items. */
    public static GraphSeed of(long seed) {
        return new GraphSeed(
                seed, 1 + (int) Math.floorMod(Values.mix(1, seed), 24L), (int) Math.floorMod(Values.mix(2, seed), 61L));
    }
}
