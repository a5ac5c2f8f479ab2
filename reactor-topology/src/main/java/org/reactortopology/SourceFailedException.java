package org.reactortopology;

/**
 * The source ended with an error. Every item that it had emitted before has its outcome; the cause is the source's own error.
 */
public final class SourceFailedException extends TopologyException {

    private static final long serialVersionUID = 1L;

    /** The source of that name failed after it had emitted {@code emitted} items. */
    public SourceFailedException(String source, long emitted, Throwable cause) {
        super("source '" + source + "' failed after " + emitted + " items: " + cause, cause);
    }
}
