package org.reactortopology;

/** On which threads a work runs. */
public enum WorkKind {
    /** Computes: runs on the fixed number of cpu threads; must not block. */
    CPU,
    /** Reads, writes or waits: runs on threads that may wait; may block. */
    IO,
    /** Returns a publisher: runs on the caller's thread and must return at once. */
    ASYNC
}
