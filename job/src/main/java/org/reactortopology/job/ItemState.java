package org.reactortopology.job;

import org.reactortopology.Outcome;

/** What the ledger says of a key. */
public enum ItemState {
    /** All works ran. */
    DONE(0),
    /** It ended well without a value of its own, see {@link Outcome.Consumed}. */
    CONSUMED(1),
    /** It was left out on purpose by a work of the topology, such as a filter. */
    SKIPPED(2),
    /** A work threw. */
    FAILED(10),
    /** A deadline passed. */
    TIMED_OUT(11),
    /** It killed its process. */
    CRASHED(12);

    private final int code;

    ItemState(int code) {
        this.code = code;
    }

    /** The number that stands for it in the ledger. */
    public int code() {
        return code;
    }

    /** Whether a resume need not run the key again. */
    public boolean isSettled() {
        return code < 10;
    }

    /** The state of that number. */
    public static ItemState of(int code) {
        for (ItemState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state has the number " + code + ": a newer version wrote the ledger");
    }

    /** What is recorded of an outcome. */
    public static ItemState of(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Done<?>) {
            return DONE;
        } else if (outcome instanceof Outcome.Consumed<?>) {
            return CONSUMED;
        } else if (outcome instanceof Outcome.Failed<?>) {
            return FAILED;
        } else if (outcome instanceof Outcome.TimedOut<?>) {
            return TIMED_OUT;
        } else if (outcome instanceof Outcome.Crashed<?>) {
            return CRASHED;
        }
        return SKIPPED;
    }
}
