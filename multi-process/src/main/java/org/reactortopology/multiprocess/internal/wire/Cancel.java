package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/** Body: empty. */
public record Cancel(int run) implements Frame {

    @Override
    public FrameType type() {
        return FrameType.CANCEL;
    }

    @Override
    public void writeBody(ByteBuf out) {
        // the type says it all
    }
}
