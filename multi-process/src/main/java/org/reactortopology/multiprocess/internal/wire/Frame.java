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

    /** Enough for most bodies. */
    int EXPECTED_BYTES = 128;

    /** Most that is expected, so that a header fits as well. */
    int MOST_EXPECTED = Integer.MAX_VALUE / 2;

    /** The type in the header. */
    FrameType type();

    /** Number of the run that the frame belongs to; 0 for frames of the connection itself. */
    int run();

    /** About how many bytes the body takes, so that its buffer need not grow. */
    default int expectedBytes() {
        return EXPECTED_BYTES;
    }

    /** Appends the body. */
    void writeBody(ByteBuf out);
}
