package org.reactortopology;

/** How a run stands or ended. */
public enum RunState {
    /** Not subscribed to. */
    NEW,
    /** Under way. */
    RUNNING,
    /** Every item of the source has its outcome. */
    COMPLETED,
    /** Ended by its first failure, as asked by {@code stopOnFailure()}. */
    STOPPED,
    /** The subscriber cancelled. */
    CANCELLED,
    /** The run itself broke; see {@link RunReport#error()}. */
    FAILED
}
