package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/**
 * Where a value lies in memory that both sides map: {@code slot u32 | offset u32 | length u32 | tag u8}.
 *
 * @param slot the place in the table of claims that the reader clears when it has read the value
 * @param offset from the beginning of the sender's area, in bytes
 * @param length in bytes
 * @param tag 0 if the codec made the bytes, else the kind of {@link RawArray}
 */
public record Claim(int slot, int offset, int length, int tag) implements Large {

    /** What it takes in a frame. */
    static final int WIRE_BYTES = 3 * Integer.BYTES + 1;

    static Claim read(ByteBuf in) {
        int slot = WireFormat.readInt(in, "slot of a claim");
        int offset = WireFormat.readInt(in, "offset of a claim");
        int length = WireFormat.readInt(in, "length of a claim");
        int tag = WireFormat.readByte(in, "tag of a claim");
        if (slot < 0 || offset < 0 || length < 0) {
            throw new ProtocolException("a claim has slot " + slot + ", offset " + offset + " and length " + length
                    + ": none may be below 0");
        }
        if (tag > 0) {
            RawArray.checked(tag, length);
        }
        return new Claim(slot, offset, length, tag);
    }

    void write(ByteBuf out) {
        out.writeInt(slot).writeInt(offset).writeInt(length).writeByte(tag);
    }

    @Override
    public int bytes() {
        return length;
    }
}
