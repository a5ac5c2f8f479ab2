package org.reactortopology;

import java.util.Locale;

/**
 * A rule by which a run is given up: {@code haltWhen(failures(3))}, {@code haltWhen(failedShare(0.05, 100).now())}. Judged after each outcome, in the
 * order of the outcomes; outcomes of items that were made of others count like the rest. Immutable.
 *
 * <p>By default the run ends {@link #soon()}.
 *
 * @see TopologyBuilder#haltWhen(Halt)
 */
public final class Halt {

    private final long failures;
    private final double share;
    private final long from;
    private final boolean now;

    private Halt(long failures, double share, long from, boolean now) {
        this.failures = failures;
        this.share = share;
        this.from = from;
        this.now = now;
    }

    /**
     * When so many items have failed, in any way.
     *
     * @throws IllegalArgumentException if {@code count} is below 1
     */
    public static Halt failures(long count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "failures(" + count + ") would halt a run without a failure: give at least 1");
        }
        return new Halt(count, 0, count, false);
    }

    /**
     * When at least this share of the items that have ended has failed, in any way; judged when {@code from} items have ended, and after each later one.
     *
     * @param share above 0, at most 1
     * @param from at least 1; the more, the less does chance decide
     * @throws IllegalArgumentException if one of them is not so
     */
    public static Halt failedShare(double share, long from) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("failedShare(" + share + ", " + from
                    + "): the share is a part of the items that have ended; give more than 0 and at most 1");
        }
        if (from < 1) {
            throw new IllegalArgumentException(
                    "failedShare(" + share + ", " + from + ") is judged from no item on: give at least 1");
        }
        return new Halt(1, share, from, false);
    }

    /** Takes no more input; what is in flight is finished first. The default. */
    public Halt soon() {
        return new Halt(failures, share, from, false);
    }

    /** Right behind the outcome that meets the rule: works under way are interrupted, and what is in flight has no outcome. */
    public Halt now() {
        return new Halt(failures, share, from, true);
    }

    /** Whether it is {@link #now()} rather than {@link #soon()}. */
    public boolean isNow() {
        return now;
    }

    /** Whether a run in which so many items have ended, so many of them as failures, is to be halted. */
    public boolean isMet(long ended, long failed) {
        return ended >= from && failed >= failures && (double) failed / ended >= share;
    }

    /** As it is written: {@code failures(3)}, {@code failedShare(0.05, 100).now()}. */
    @Override
    public String toString() {
        String rule = share > 0
                ? String.format(Locale.ROOT, "failedShare(%s, %d)", share, from)
                : "failures(" + failures + ")";
        return now ? rule + ".now()" : rule;
    }
}
