package org.reactortopology.multiprocess.internal.coordinator;

import java.util.concurrent.atomic.AtomicLong;

/** What a worker, and those that it replaced, have sent and the subscriber has not taken. */
final class Places {

    /** Confined to the mailbox. */
    private long outcomes;

    private long bytes;

    /** Written where the subscriber is, read in the mailbox. */
    private final AtomicLong outcomesTaken = new AtomicLong();

    private final AtomicLong bytesTaken = new AtomicLong();

    /** Outcomes that wait, or fewer than the subscriber has taken by now. Called in the mailbox. */
    long outcomes() {
        return outcomes - outcomesTaken.getAcquire();
    }

    /** Their bytes. Called in the mailbox. */
    long bytes() {
        return bytes - bytesTaken.getAcquire();
    }

    /** An outcome waits. Called in the mailbox. */
    void occupy(int outcomeBytes) {
        outcomes++;
        bytes += outcomeBytes;
    }

    /** The subscriber took one. Called where the subscriber is, by one thread at a time. */
    void free(int outcomeBytes) {
        outcomesTaken.setRelease(outcomesTaken.getPlain() + 1);
        bytesTaken.setRelease(bytesTaken.getPlain() + outcomeBytes);
    }
}
