package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/** One length-prefixed unit on the wire. Each frame's own page is the layout of its body; integers are big-endian. */
public sealed interface Frame
        permits Hello,
                Welcome,
                Start,
                Ready,
                Refused,
                Items,
                Outcomes,
                Credit,
                EndOfItems,
                Stats,
                Partial,
                Finished,
                Free,
                Cancel,
                Broken,
                Alive,
                Checkpoint,
                Watch,
                Goodbye {

    /** The type in the header. */
    FrameType type();

    /** Number of the run that the frame belongs to; 0 for frames of the connection itself. */
    int run();

    /** About how long the body is, so that a buffer of that size is taken; 0 for what is short. */
    default long bodyBytes() {
        return 0;
    }

    /** Appends the body. */
    void writeBody(ByteBuf out);
}
