package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/**
 * Body: {@code reason string}.
 *
 * @param reason why the topology cannot be run in this worker, and what to do
 */
public record Refused(int run, String reason) implements Frame {

    static Refused read(int run, ByteBuf in) {
        return new Refused(run, WireFormat.readString(in, "reason"));
    }

    @Override
    public FrameType type() {
        return FrameType.REFUSED;
    }

    @Override
    public void writeBody(ByteBuf out) {
        WireFormat.writeString(out, reason);
    }
}
