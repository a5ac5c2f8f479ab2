package org.reactortopology.test;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What items do to the thread or the process that works on them, as data: see {@link Chaos}.
 *
 * @param kind what happens
 * @param keys keys of the items; empty for a share of all items
 * @param code exit code, of the kinds that have one
 * @param times how many calls do it in each JVM before the work is called after all
 * @param share of the items that do it, from 0 to 1: which ones depends on the seed and the key alone
 */
public record ChaosFault(Kind kind, Set<String> keys, int code, int times, double share) {

    /** What happens. */
    public enum Kind {
        /** A crash in native code: the process writes to address 0 and ends by SIGSEGV or, where the JVM reports it first, SIGABRT. */
        CRASH(true),
        /** The process sends itself a SIGKILL. */
        KILL(true),
        /** {@code System.exit}, with shutdown hooks. */
        EXIT(true),
        /** {@code Runtime.halt}, without. */
        HALT(true),
        /** Memory is taken until an {@code OutOfMemoryError} is thrown, which nobody catches. */
        OUT_OF_MEMORY(true),
        /** Calls without end throw a {@code StackOverflowError}. */
        OVERFLOW(false),
        /** An endless loop that ignores interrupts and uses its core. */
        HANG(false),
        /** A read that never returns, in native code, which no interrupt ends. */
        HANG_IN_NATIVE_CODE(false);

        private final boolean endsProcess;

        Kind(boolean endsProcess) {
            this.endsProcess = endsProcess;
        }

        /** Whether the process ends, so that it must be one of a worker. */
        public boolean endsProcess() {
            return endsProcess;
        }
    }

    /** Checks the numbers and copies the keys. */
    public ChaosFault {
        Objects.requireNonNull(kind, "kind");
        keys = Set.copyOf(keys);
        if (times < 1) {
            throw new IllegalArgumentException("times is " + times + ": at least 1 call must be hit");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + ": it must be from 0 to 1");
        }
    }

    /** These keys do it, each time. */
    public static ChaosFault of(Kind kind, String key, String... more) {
        Set<String> keys = new LinkedHashSet<>(List.of(more));
        keys.add(key);
        return new ChaosFault(kind, keys, 0, Integer.MAX_VALUE, 1);
    }

    /** That share of all items does it, each time. */
    public static ChaosFault ofShare(Kind kind, double share) {
        return new ChaosFault(kind, Set.of(), 0, Integer.MAX_VALUE, share);
    }

    /** The same, with that exit code. */
    public ChaosFault withCode(int exitCode) {
        return new ChaosFault(kind, keys, exitCode, times, share);
    }

    /** The same, but only the first calls for a key in each JVM. Of use where the JVM lives on. */
    public ChaosFault atMost(int calls) {
        return new ChaosFault(kind, keys, code, calls, share);
    }

    /** Whether the item of that key does it. */
    public boolean hits(long seed, String key) {
        if (!keys.isEmpty()) {
            return keys.contains(key);
        }
        return new SplittableRandom(seed * 31
                                + key.hashCode() * 0x9E3779B97F4A7C15L
                                + kind.name().hashCode())
                        .nextDouble()
                < share;
    }
}
