package org.reactortopology.multiprocess.internal.wire;

/** How an item ended in a worker; the id stands in the entry. */
public enum OutcomeKind {
    /** The body is the encoded value. */
    DONE,
    /** The body is the encoded failure. */
    FAILED;

    static OutcomeKind of(int id) {
        if (id >= values().length) {
            throw new ProtocolException("outcome kind is " + id + ": known are 0 (done) and 1 (failed)");
        }
        return values()[id];
    }
}
