package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/**
 * Body: {@code reason string}.
 *
 * @param reason what broke the run in this worker
 */
public record Broken(int run, String reason) implements Frame {

    static Broken read(int run, ByteBuf in) {
        return new Broken(run, WireFormat.readString(in, "reason"));
    }

    @Override
    public FrameType type() {
        return FrameType.BROKEN;
    }

    @Override
    public void writeBody(ByteBuf out) {
        WireFormat.writeString(out, reason);
    }
}
