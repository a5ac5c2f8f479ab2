package org.reactortopology.test;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A {@link Fault} without functions, so that it can cross to another process.
 *
 * @param attempts of {@link Kind#FAIL}
 * @param nanos of {@link Kind#DELAY}
 */
record FaultData(Kind kind, String work, Set<String> keys, int attempts, long nanos) {

    /** Which fault. */
    enum Kind {
        FAIL,
        DELAY,
        HANG
    }

    /** Copies the keys. */
    FaultData {
        keys = Set.copyOf(keys);
    }

    /** The fault as data; empty if it throws an error of the test's own, which is a function. */
    static Optional<FaultData> of(Fault fault) {
        if (fault instanceof Fault.Fail fail) {
            return fail.error() == Faults.INJECTED
                    ? Optional.of(new FaultData(Kind.FAIL, fail.work(), fail.keys(), fail.attempts(), 0))
                    : Optional.empty();
        } else if (fault instanceof Fault.Delay delay) {
            return Optional.of(new FaultData(
                    Kind.DELAY, delay.work(), delay.keys(), 0, delay.by().toNanos()));
        }
        return Optional.of(new FaultData(Kind.HANG, fault.work(), fault.keys(), 0, 0));
    }

    /** The fault again. */
    Fault fault() {
        return switch (kind) {
            case FAIL -> new Fault.Fail(work, keys, Faults.INJECTED, attempts);
            case DELAY -> new Fault.Delay(work, keys, Duration.ofNanos(nanos));
            case HANG -> new Fault.Hang(work, keys);
        };
    }
}
