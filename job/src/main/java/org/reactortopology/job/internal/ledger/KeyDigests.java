package org.reactortopology.job.internal.ledger;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A set of keys that only remembers 128 bits of each: 16 bytes in an open table that is at most two thirds full, so about 32 MiB for a million keys.
 * A key that was never added is taken for one that was with a probability of the number of keys in the set divided by 2^128: asked for a million
 * keys, a set of a million others is wrong about one of them once in 3 * 10^26 runs. The digest has a random seed, so that no input is wrong twice.
 *
 * <p>Written by one thread; read by any after it was handed over safely.
 */
public final class KeyDigests {

    private static final int SMALLEST = 64;
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private final long seed;
    private long[] high = new long[SMALLEST];
    private long[] low = new long[SMALLEST];
    private int size;

    /** An empty set. */
    public KeyDigests() {
        this(ThreadLocalRandom.current().nextLong());
    }

    KeyDigests(long seed) {
        this.seed = seed;
    }

    /** Adds a key; false if it is in it. */
    public boolean add(String key) {
        if ((size + 1L) * 3 > high.length * 2L) {
            grow();
        }
        long first = digest(key, C1, seed);
        if (put(first, second(key))) {
            size++;
            return true;
        }
        return false;
    }

    /** Whether the key was added. */
    public boolean contains(String key) {
        if (size == 0) {
            return false;
        }
        long first = digest(key, C1, seed);
        long second = second(key);
        int mask = high.length - 1;
        for (int at = (int) first & mask; high[at] != 0 || low[at] != 0; at = (at + 1) & mask) {
            if (high[at] == first && low[at] == second) {
                return true;
            }
        }
        return false;
    }

    /** How many keys were added. */
    public int size() {
        return size;
    }

    /** Never 0, which stands for an empty place. */
    private long second(String key) {
        long digest = digest(key, C2, ~seed);
        return digest == 0 ? 1 : digest;
    }

    private boolean put(long first, long second) {
        int mask = high.length - 1;
        int at = (int) first & mask;
        while (high[at] != 0 || low[at] != 0) {
            if (high[at] == first && low[at] == second) {
                return false;
            }
            at = (at + 1) & mask;
        }
        high[at] = first;
        low[at] = second;
        return true;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        high = new long[Math.multiplyExact(oldHigh.length, 2)];
        low = new long[high.length];
        for (int i = 0; i < oldHigh.length; i++) {
            if (oldHigh[i] != 0 || oldLow[i] != 0) {
                put(oldHigh[i], oldLow[i]);
            }
        }
    }

    /** Four characters at a time, mixed as MurmurHash3 does (Austin Appleby, public domain). */
    private static long digest(String key, long factor, long seed) {
        long hash = seed;
        long block = 0;
        int length = key.length();
        for (int i = 0; i < length; i++) {
            block = block << 16 | key.charAt(i);
            if ((i & 3) == 3) {
                hash = mixed(hash, block, factor);
                block = 0;
            }
        }
        hash = mixed(hash, block, factor) ^ length;
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }

    private static long mixed(long hash, long block, long factor) {
        long part = Long.rotateLeft(block * factor, 31) * (factor ^ C1 ^ C2);
        return Long.rotateLeft(hash ^ part, 27) * 5 + 0x52dce729;
    }
}
