package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/** Body: empty. */
public record Checkpoint(int run) implements Frame {

    @Override
    public FrameType type() {
        return FrameType.CHECKPOINT;
    }

    @Override
    public void writeBody(ByteBuf out) {
        // the type says it all
    }
}
