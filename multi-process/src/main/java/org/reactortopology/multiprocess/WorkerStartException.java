package org.reactortopology.multiprocess;

import org.jspecify.annotations.Nullable;
import org.reactortopology.TopologyException;

/** A child JVM did not start, did not connect, or could not build the topology. */
public final class WorkerStartException extends TopologyException {

    private static final long serialVersionUID = 1L;

    /** The message names the worker, what was seen, and where to look. */
    public WorkerStartException(String message) {
        super(message);
    }

    /** As {@link #WorkerStartException(String)}, with what caused it. */
    public WorkerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
