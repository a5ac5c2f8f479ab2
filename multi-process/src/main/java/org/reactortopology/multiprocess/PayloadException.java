package org.reactortopology.multiprocess;

import org.jspecify.annotations.Nullable;
import org.reactortopology.TopologyException;

/** A value cannot cross from one process to another: its class is not named by the topology, or it is too large. */
public final class PayloadException extends TopologyException {

    private static final long serialVersionUID = 1L;

    /** The message names the class or size seen, the rule and the fix. */
    public PayloadException(String message) {
        super(message);
    }

    /** As {@link #PayloadException(String)}, with what caused it. */
    public PayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
