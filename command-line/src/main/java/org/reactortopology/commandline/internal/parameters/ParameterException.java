package org.reactortopology.commandline.internal.parameters;

import org.reactortopology.TopologyException;

/** Parameters that do not fit; the message names them, their types and the fix, one line for each problem. */
public final class ParameterException extends TopologyException {

    private static final long serialVersionUID = 1L;

    ParameterException(String message) {
        super(message);
    }
}
