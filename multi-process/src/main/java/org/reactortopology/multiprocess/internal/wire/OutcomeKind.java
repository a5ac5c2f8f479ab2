package org.reactortopology.multiprocess.internal.wire;

/** How an item ended in a worker; the id stands in the entry. */
public enum OutcomeKind {
    /** The body is the encoded value. */
    DONE(0),
    /** The body is the encoded failure. */
    FAILED(1);

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
        throw new ProtocolException("outcome kind is " + id + ": known are 0 (done) and 1 (failed)");
    }
}
