package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/**
 * Body: {@code items u32 | bytes u64}: what the sender of this frame lets the other side send in addition to what it had.
 *
 * @param items entries, not negative
 * @param bytes payload or body bytes, not negative
 */
public record Credit(int run, int items, long bytes) implements Frame {

    static Credit read(int run, ByteBuf in) {
        int items = WireFormat.readInt(in, "items");
        long bytes = WireFormat.readLong(in, "bytes");
        if (items < 0 || bytes < 0) {
            throw new ProtocolException(
                    "credit is " + items + " items and " + bytes + " bytes: neither may be negative");
        }
        return new Credit(run, items, bytes);
    }

    @Override
    public FrameType type() {
        return FrameType.CREDIT;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeInt(items).writeLong(bytes);
    }
}
