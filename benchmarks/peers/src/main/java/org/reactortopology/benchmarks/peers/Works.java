package org.reactortopology.benchmarks.peers;

/** The functions that all subjects call. They return what makes the sum of the results known beforehand. */
final class Works {

    /** Name of the property with the rounds of the busy loop that take a microsecond, so that all JVMs of a comparison do equal work. */
    static final String ROUNDS_PROPERTY = "peers.rounds-per-microsecond";

    static final int JOIN_FACTOR = 5;

    private static final int SMALL_MICROSECONDS = 20;
    private static final int QUICK_MICROSECONDS = 2_000;
    private static final int SLOW_MICROSECONDS = 100_000;
    private static final int SLOW_EVERY = 100;
    private static final int FIRST_SLOW = 50;
    private static final long ROUNDS_PER_MICROSECOND = Long.getLong(ROUNDS_PROPERTY, 400);

    private Works() {}

    static Long same(Long item) {
        return item;
    }

    static Long small(Long item) {
        return item + busy(item, SMALL_MICROSECONDS * ROUNDS_PER_MICROSECOND);
    }

    static Long skewed(Long item) {
        return item + busy(item, (slow(item) ? SLOW_MICROSECONDS : QUICK_MICROSECONDS) * ROUNDS_PER_MICROSECOND);
    }

    static Long left(Long item) {
        return 2 * item;
    }

    static Long right(Long item) {
        return 3 * item;
    }

    /** The one work of a load that has one. */
    static Long heavy(PeerLoad load, Long item) {
        return load == PeerLoad.SMALL ? small(item) : skewed(item);
    }

    private static boolean slow(long item) {
        return item % SLOW_EVERY == FIRST_SLOW;
    }

    /** Always 0, which neither a compiler nor a processor can know: a xorshift generator (Marsaglia 2003) never comes to 0 from another state. */
    static long busy(long seed, long rounds) {
        long state = seed + 1;
        for (long round = 0; round < rounds; round++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
        }
        return state == 0 ? 1 : 0;
    }

    /** How many rounds take a microsecond on this machine: the most of several tries, so that a disturbance does not count. */
    static long calibrate() {
        long rounds = 20_000_000;
        long best = 0;
        for (int attempt = 0; attempt < 10; attempt++) {
            long start = System.nanoTime();
            if (busy(attempt, rounds) != 0) {
                throw new IllegalStateException("the generator came to 0");
            }
            best = Math.max(best, rounds * 1_000 / (System.nanoTime() - start));
        }
        return best;
    }
}
