package org.reactortopology.test;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;

/** Something that goes wrong with a work for some keys, as data: see {@link Faults}. */
public sealed interface Fault {

    /** Name of the work. */
    String work();

    /** Keys of the items; empty for every item. */
    Set<String> keys();

    /** Whether it happens to the item of that key. */
    default boolean hits(String key) {
        return keys().isEmpty() || keys().contains(key);
    }

    /**
     * The work throws instead of being called.
     *
     * @param error makes what is thrown, from the work's name and the key
     * @param attempts how many calls for a key throw before the work is called after all; {@link Integer#MAX_VALUE} for all
     */
    record Fail(String work, Set<String> keys, BiFunction<String, String, ? extends Throwable> error, int attempts)
            implements Fault {
        /** Copies the set and checks the number. */
        public Fail {
            Objects.requireNonNull(work, "work");
            keys = Set.copyOf(keys);
            if (attempts < 1) {
                throw new IllegalArgumentException("attempts is " + attempts + ": at least 1 call must fail");
            }
        }
    }

    /** The work is called so much later. */
    record Delay(String work, Set<String> keys, Duration by) implements Fault {
        /** Copies the set and checks the time. */
        public Delay {
            Objects.requireNonNull(work, "work");
            keys = Set.copyOf(keys);
            if (by.isNegative()) {
                throw new IllegalArgumentException("delay is " + by + ": it must not be negative");
            }
        }
    }

    /** The work does not return and shows no progress, until a deadline of its or the end of the run interrupts it. */
    record Hang(String work, Set<String> keys) implements Fault {
        /** Copies the set. */
        public Hang {
            Objects.requireNonNull(work, "work");
            keys = Set.copyOf(keys);
        }
    }
}
