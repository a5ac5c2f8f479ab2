package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/** Body: empty. */
public record Free(int run) implements Frame {

    @Override
    public FrameType type() {
        return FrameType.FREE;
    }

    @Override
    public void writeBody(ByteBuf out) {
        // the type says it all
    }
}
