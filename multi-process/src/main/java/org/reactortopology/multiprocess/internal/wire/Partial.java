package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/**
 * Body: {@code aggregate string | accumulator u32 length and bytes}.
 *
 * @param aggregate name of the aggregate
 * @param accumulator what the worker's values came to, encoded
 */
public record Partial(int run, String aggregate, byte[] accumulator) implements Frame {

    static Partial read(int run, ByteBuf in) {
        String aggregate = WireFormat.readString(in, "aggregate");
        return new Partial(run, aggregate, WireFormat.readBytes(in, "accumulator"));
    }

    @Override
    public FrameType type() {
        return FrameType.PARTIAL;
    }

    @Override
    public void writeBody(ByteBuf out) {
        WireFormat.writeString(out, aggregate);
        WireFormat.writeBytes(out, accumulator);
    }
}
