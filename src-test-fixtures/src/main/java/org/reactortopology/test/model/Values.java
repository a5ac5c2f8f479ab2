package org.reactortopology.test.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The functions that works of random graphs compute: pure, so that the outcome of every item is known beforehand. */
final class Values {

    static final int MOST_CHILDREN = 4;

    private Values() {}

    /** Spreads the bits (splitmix64). */
    static long mix(long salt, long value) {
        long z = value * 0x9E3779B97F4A7C15L + salt * 0xD1B54A32D192ED03L + 0x632BE59BD9B4E019L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long hash(String text) {
        long hash = 1125899906842597L;
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash, text.charAt(i));
        }
        return hash;
    }

    /** From 0 to {@code bound - 1}. */
    static int choice(long salt, long value, int bound) {
        return (int) Math.floorMod(mix(salt, value), (long) bound);
    }

    static boolean fails(Op op, long value) {
        return op.failEvery() > 0 && choice(op.salt() ^ 0x55, value, op.failEvery()) == 0;
    }

    /** What a value that fails is thrown as: the same class for the same part. */
    static Exception failure(Op op) {
        return switch (choice(op.salt(), 3, 3)) {
            case 0 -> new IllegalArgumentException("asked to fail");
            case 1 -> new IOException("asked to fail");
            default -> new ArithmeticException("asked to fail");
        };
    }

    /** The next value, after a while that differs from value to value. */
    static long next(Op op, long value) throws Exception {
        if (choice(op.salt() ^ 0x77, value, 16) == 0) {
            LockSupport.parkNanos(20_000); // so that items overtake one another
        }
        if (fails(op, value)) {
            throw failure(op);
        }
        return mix(op.salt(), value);
    }

    static boolean keeps(Op op, long value) {
        return choice(op.salt() ^ 0x33, value, 4) != 0;
    }

    /** Attempts that a value needs, 1 to 4. */
    static int attempts(Op op, long value) {
        return 1 + choice(op.salt() ^ 0x11, value, 4);
    }

    static int children(Op op, long value) {
        return choice(op.salt() ^ 0x22, value, MOST_CHILDREN);
    }

    /** Whether the iterable of a value throws behind its last child. */
    static boolean breaks(Op op, long value) {
        return op.failEvery() > 0 && choice(op.salt() ^ 0x44, value, 2 * op.failEvery()) == 0;
    }

    /** Whether the second child of the parent of this value gets the key of the first. */
    static boolean repeatsKey(Op op, long value) {
        return op.failEvery() > 0 && choice(op.salt() ^ 0x66, value, 2 * op.failEvery()) == 0;
    }

    static long child(Op op, long value, long ordinal) {
        return mix(op.salt() + ordinal, value);
    }

    /** The children, made as they are asked for. */
    static Iterable<Long> lazyChildren(Op op, long value) {
        return () -> new Iterator<>() {
            private int made;

            @Override
            public boolean hasNext() {
                return made < children(op, value) || breaks(op, value);
            }

            @Override
            public Long next() {
                if (made == children(op, value)) {
                    throw new IllegalStateException("the iterable breaks");
                }
                return child(op, value, made++);
            }
        };
    }

    static long fold(Op op, List<Long> values) {
        long folded = op.salt();
        for (long value : values) {
            folded = mix(folded, value);
        }
        return folded;
    }

    /** Takes the sum, so that the order does not matter. */
    static long sum(List<Long> values) {
        long sum = 0;
        for (long value : new ArrayList<>(values)) {
            sum += value;
        }
        return sum;
    }
}
