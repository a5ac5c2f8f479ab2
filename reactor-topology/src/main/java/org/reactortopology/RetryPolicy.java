package org.reactortopology;

import java.time.Duration;
import java.util.Objects;

/**
 * How often a work is called again for an item that failed, exceeded a deadline, or killed the process that ran it. Each reason has a count of its own:
 *
 * <pre>{@code
 * cpu(f).retry(RetryPolicy.failures(3).andCrashes(1).backoff(ofMillis(100), ofSeconds(5)).escalate(2))
 * }</pre>
 *
 * <p>An item ends as its last attempt did: by the reason that has no attempt left. Immutable: each setter returns a changed copy. Default of all that is not
 * set: no attempt after the first, no delay, the same heap.
 *
 * @param failures attempts after calls that threw, beyond the first attempt
 * @param timeouts attempts after calls that exceeded {@link Work#timeout} or {@link Work#silence}, beyond the first
 * @param crashes attempts of an item that killed its worker alone, beyond that one. Only executors over child JVMs read it; in one JVM a crash ends the run
 * @param firstDelay time before the second attempt
 * @param mostDelay most time before any attempt
 * @param heapFactor how much larger the heap of the worker is, with each attempt after a crash, than that of the attempt before. Only executors over child
 *     JVMs read it
 */
public record RetryPolicy(
        int failures, int timeouts, int crashes, Duration firstDelay, Duration mostDelay, double heapFactor) {

    private static final RetryPolicy NONE = new RetryPolicy(0, 0, 0, Duration.ZERO, Duration.ZERO, 1);

    /** Checks that no number is negative, and that no delay or heap shrinks. */
    public RetryPolicy {
        checkCount("failures", failures);
        checkCount("timeouts", timeouts);
        checkCount("crashes", crashes);
        Objects.requireNonNull(firstDelay, "firstDelay");
        Objects.requireNonNull(mostDelay, "mostDelay");
        if (firstDelay.isNegative() || mostDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("backoff is from " + firstDelay + " to " + mostDelay
                    + ": the first delay must not be negative, and the longest not shorter than the first");
        }
        if (!(heapFactor >= 1 && heapFactor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "heap factor is " + heapFactor + ": a later attempt needs at least the heap of the one before, so "
                            + "the factor must be 1 or more");
        }
    }

    /** One attempt, whatever happens. */
    public static RetryPolicy none() {
        return NONE;
    }

    /** At most that many attempts after calls that threw, beyond the first; nothing else is tried again. */
    public static RetryPolicy failures(int attempts) {
        return NONE.andFailures(attempts);
    }

    /** At most that many attempts after calls that exceeded a deadline, beyond the first; nothing else is tried again. */
    public static RetryPolicy timeouts(int attempts) {
        return NONE.andTimeouts(attempts);
    }

    /** At most that many attempts of an item that killed its worker alone, beyond that one; nothing else is tried again. */
    public static RetryPolicy crashes(int attempts) {
        return NONE.andCrashes(attempts);
    }

    /** The same, with that many attempts after calls that threw. */
    public RetryPolicy andFailures(int attempts) {
        return new RetryPolicy(attempts, timeouts, crashes, firstDelay, mostDelay, heapFactor);
    }

    /** The same, with that many attempts after calls that exceeded a deadline. */
    public RetryPolicy andTimeouts(int attempts) {
        return new RetryPolicy(failures, attempts, crashes, firstDelay, mostDelay, heapFactor);
    }

    /** The same, with that many attempts after crashes. */
    public RetryPolicy andCrashes(int attempts) {
        return new RetryPolicy(failures, timeouts, attempts, firstDelay, mostDelay, heapFactor);
    }

    /** The same, with a delay before each attempt but the first: {@code first}, then twice the delay before, at most {@code most}. */
    public RetryPolicy backoff(Duration first, Duration most) {
        return new RetryPolicy(failures, timeouts, crashes, first, most, heapFactor);
    }

    /** The same, with a heap that grows by that factor with each attempt after a crash. */
    public RetryPolicy escalate(double factor) {
        return new RetryPolicy(failures, timeouts, crashes, firstDelay, mostDelay, factor);
    }

    /**
     * The delay before an attempt.
     *
     * @param retry 1 for the second attempt, and so on, whatever the reasons
     */
    public Duration delay(int retry) {
        if (retry < 1) {
            throw new IllegalArgumentException(
                    "retry is " + retry + ": the first attempt has no delay, so it counts from 1");
        }
        Duration delay = firstDelay;
        for (int i = 1; i < retry && !delay.isZero() && delay.compareTo(mostDelay) < 0; i++) {
            // halved rather than doubled, so that nothing overflows
            delay = delay.compareTo(mostDelay.dividedBy(2)) >= 0 ? mostDelay : delay.multipliedBy(2);
        }
        return delay;
    }

    private static void checkCount(String what, int attempts) {
        if (attempts < 0) {
            throw new IllegalArgumentException(
                    what + " is " + attempts + ": the number of further attempts must not be negative");
        }
    }
}
