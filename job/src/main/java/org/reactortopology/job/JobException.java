package org.reactortopology.job;

import org.jspecify.annotations.Nullable;
import org.reactortopology.TopologyException;

/** A job directory cannot be used as asked; the message says why and what to do. */
public class JobException extends TopologyException {

    private static final long serialVersionUID = 1L;

    /** An exception with that message. */
    public JobException(String message) {
        super(message);
    }

    /** An exception with that message and cause. */
    public JobException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
