package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/** Body: empty. */
public record EndOfItems(int run) implements Frame {

    @Override
    public FrameType type() {
        return FrameType.END_OF_ITEMS;
    }

    @Override
    public void writeBody(ByteBuf out) {
        // the type says it all
    }
}
