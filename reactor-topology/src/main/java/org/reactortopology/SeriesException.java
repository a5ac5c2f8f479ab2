package org.reactortopology;

import org.jspecify.annotations.Nullable;

/** A series cannot be made or read: a directory is missing, nothing matches, a count does not fit. */
public final class SeriesException extends TopologyException {

    private static final long serialVersionUID = 1L;

    /** The message names the value seen, the rule and the fix. */
    public SeriesException(String message) {
        super(message);
    }

    /** As {@link #SeriesException(String)}, with what caused it. */
    public SeriesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
