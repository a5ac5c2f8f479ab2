package org.reactortopology;

import org.jspecify.annotations.Nullable;

/** Root of everything that the framework throws; subclasses differ by what the caller can do about them. */
public class TopologyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For subclasses and executors: a message that gives the name, the value seen, the rule and the fix. */
    public TopologyException(String message) {
        super(message);
    }

    /** As {@link #TopologyException(String)}, with what caused it. */
    public TopologyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
