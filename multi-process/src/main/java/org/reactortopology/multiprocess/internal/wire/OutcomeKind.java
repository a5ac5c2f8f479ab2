package org.reactortopology.multiprocess.internal.wire;

/** What an item came to so far, or how it ended; the id stands in the entry. */
public enum OutcomeKind {
    /** The body is the encoded value. */
    DONE(0),
    /** The body is the encoded failure. */
    FAILED(1),
    /** The body is the work, the limit and the time that was given. */
    TIMED_OUT(2),
    /** The body is the reason. */
    SKIPPED(3),
    /** The body is what took the item and how many were made of it. */
    CONSUMED(4);

    private final int id;

    OutcomeKind(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    static OutcomeKind of(int id) {
        for (OutcomeKind kind : values()) {
            if (kind.id == id) {
                return kind;
            }
        }
        throw new ProtocolException("outcome kind is " + id + ": known are 0 (done), 1 (failed), 2 (timed out),"
                + " 3 (skipped) and 4 (consumed)");
    }
}
