package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Bits in the byte of the kind of an entry, which say that something else stands where the payload or body would. */
final class LargeBits {

    /** A {@link Claim} stands there. */
    static final int CLAIMED = 0x40;

    /** The bytes are those of a {@link RawArray}. */
    static final int RAW = 0x20;

    /** Both. */
    static final int ALL = CLAIMED | RAW;

    /** In place of what is elsewhere. */
    static final byte[] NO_BYTES = new byte[0];

    private LargeBits() {}

    static int of(@Nullable Large large) {
        return large == null ? 0 : large instanceof Claim ? CLAIMED : RAW;
    }

    /** What stands there, or null if it is bytes. */
    static @Nullable Large read(int flagged, OutcomeKind kind, ByteBuf in, String field) {
        int bits = flagged & ALL;
        if (bits == 0) {
            return null;
        }
        if (bits == ALL || kind != OutcomeKind.DONE) {
            throw new ProtocolException("an entry of kind " + kind + " has the bits 0x" + Integer.toHexString(bits)
                    + ": only a value can be claimed, or be an array, and not both");
        }
        return bits == CLAIMED ? Claim.read(in) : RawArray.read(in, field);
    }

    static void write(ByteBuf out, byte[] bytes, @Nullable Large large) {
        if (large == null) {
            WireFormat.writeBytes(out, bytes);
        } else if (large instanceof Claim claim) {
            claim.write(out);
        } else if (large instanceof RawArray array) {
            array.write(out);
        }
    }

    /** What it takes in a frame, without a length. */
    static int bytes(byte[] bytes, @Nullable Large large) {
        if (large == null) {
            return bytes.length;
        }
        return large instanceof Claim ? Claim.WIRE_BYTES : large.bytes();
    }
}
