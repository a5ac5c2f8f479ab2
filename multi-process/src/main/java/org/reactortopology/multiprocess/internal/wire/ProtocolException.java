package org.reactortopology.multiprocess.internal.wire;

import org.reactortopology.TopologyException;

/** What came in is not the protocol; the connection cannot go on. */
public final class ProtocolException extends TopologyException {

    private static final long serialVersionUID = 1L;

    /** The message names the field, the value seen and the rule. */
    public ProtocolException(String message) {
        super(message);
    }
}
