package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/**
 * Body: a CBOR map, the {@code StartMessage}.
 *
 * @param message the encoded message
 */
public record Start(int run, byte[] message) implements Frame {

    static Start read(int run, ByteBuf in) {
        return new Start(run, WireFormat.readExactly(in, in.readableBytes(), "message"));
    }

    @Override
    public FrameType type() {
        return FrameType.START;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeBytes(message);
    }
}
