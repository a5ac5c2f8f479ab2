package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/**
 * Body: {@code fingerprint string}.
 *
 * @param fingerprint of the topology that the worker built
 */
public record Ready(int run, String fingerprint) implements Frame {

    static Ready read(int run, ByteBuf in) {
        return new Ready(run, WireFormat.readString(in, "fingerprint"));
    }

    @Override
    public FrameType type() {
        return FrameType.READY;
    }

    @Override
    public void writeBody(ByteBuf out) {
        WireFormat.writeString(out, fingerprint);
    }
}
