package org.reactortopology.multiprocess.internal.transport;

import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.internal.wire.Frame;

/** Gets what comes in on a connection. Called on the connection's own thread, one call at a time; must not block. */
public interface FrameReceiver {

    /** A frame came in. */
    void frame(Frame frame);

    /**
     * The connection has ended; the last call.
     *
     * @param cause what broke it, or null if one of the sides closed it
     */
    void closed(@Nullable Throwable cause);
}
