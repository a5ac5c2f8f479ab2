package org.reactortopology.multiprocess.internal.coordinator;

/** What a worker, and those that it replaced, have sent and the subscriber has not taken. Confined to the mailbox. */
final class Places {

    private long outcomes;
    private long bytes;

    long outcomes() {
        return outcomes;
    }

    long bytes() {
        return bytes;
    }

    /** An outcome waits. */
    void occupy(int outcomeBytes) {
        outcomes++;
        bytes += outcomeBytes;
    }

    /** The subscriber took one. */
    void free(int outcomeBytes) {
        outcomes--;
        bytes -= outcomeBytes;
    }
}
