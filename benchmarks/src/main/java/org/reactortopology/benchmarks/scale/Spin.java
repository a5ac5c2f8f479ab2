package org.reactortopology.benchmarks.scale;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * Computing that takes a known time of a processor: counted in turns rather than by the clock, so that a thread that has to wait for a processor does
 * no less.
 */
final class Spin {

    private static final int WARM_UP = 5;
    private static final long CALIBRATION = 50_000_000;

    private Spin() {}

    /** So many turns of a generator of random numbers (Marsaglia, Xorshift RNGs, Journal of Statistical Software 8, 2003). */
    static long turns(long seed, long turns) {
        long x = seed | 1;
        for (long i = 0; i < turns; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        return x;
    }

    /** How many turns this machine does in that time, by the clock of the thread. */
    static long turnsIn(Duration time) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double best = 0;
        long sum = 0;
        for (int i = 0; i < WARM_UP; i++) {
            long start = threads.getCurrentThreadCpuTime();
            sum += turns(i, CALIBRATION);
            best = Math.max(best, (double) CALIBRATION / (threads.getCurrentThreadCpuTime() - start));
        }
        // never 0 here: the sum is used so that the loop is not taken away
        return sum == 0 ? 1 : Math.round(best * time.toNanos());
    }
}
