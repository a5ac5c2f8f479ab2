package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/**
 * Body: {@code proof 32 bytes}.
 *
 * @param proof see {@link Handshake#coordinatorProof}
 */
public record Welcome(byte[] proof) implements Frame {

    static Welcome read(ByteBuf in) {
        return new Welcome(WireFormat.readExactly(in, Handshake.PROOF_BYTES, "proof"));
    }

    @Override
    public FrameType type() {
        return FrameType.WELCOME;
    }

    @Override
    public int run() {
        return 0;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeBytes(proof);
    }
}
