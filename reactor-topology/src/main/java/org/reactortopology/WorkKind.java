package org.reactortopology;

/** On which threads a work runs. */
public enum WorkKind {
    /** Computes: runs on the parallel scheduler, one thread per lane; must not block. */
    CPU,
    /** Reads, writes or waits: runs on the bounded elastic scheduler; may block. */
    IO,
    /** Returns a publisher: runs on the caller's thread and must return at once. */
    ASYNC
}
