package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/** Body: empty. */
public record Goodbye() implements Frame {

    @Override
    public FrameType type() {
        return FrameType.GOODBYE;
    }

    @Override
    public int run() {
        return 0;
    }

    @Override
    public void writeBody(ByteBuf out) {
        // the type says it all
    }
}
