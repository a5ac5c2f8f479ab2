package org.reactortopology;

/** How a run stands or ended. */
public enum RunState {
    /** Not subscribed to. */
    NEW,
    /** Under way. */
    RUNNING,
    /** The source has ended, and every item of it has its outcome. */
    COMPLETED,
    /** {@link TopologyRun#drain} ended the input before the source did; every item taken has its outcome. */
    DRAINED,
    /** {@link TopologyRun#stop} ended it, or the deadline of a drain; items may be unfinished. */
    STOPPED,
    /** A rule that the topology was built with gave it up: {@code haltWhen(..)} or {@code stopOnFailure()}. */
    HALTED,
    /** The subscriber cancelled. */
    CANCELLED,
    /** The run itself broke; see {@link RunReport#error()}. */
    FAILED
}
