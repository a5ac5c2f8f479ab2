package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;

/**
 * Body: {@code worker u32 | pid u64 | nonce 16 bytes | proof 32 bytes}, 60 bytes in all.
 *
 * @param worker number that the coordinator gave the worker on its command line
 * @param pid process id of the worker
 * @param nonce random bytes, for the coordinator's answer
 * @param proof see {@link Handshake#workerProof}
 */
public record Hello(int worker, long pid, byte[] nonce, byte[] proof) implements Frame {

    static Hello read(ByteBuf in) {
        return new Hello(
                WireFormat.readInt(in, "worker"),
                WireFormat.readLong(in, "pid"),
                WireFormat.readExactly(in, Handshake.NONCE_BYTES, "nonce"),
                WireFormat.readExactly(in, Handshake.PROOF_BYTES, "proof"));
    }

    @Override
    public FrameType type() {
        return FrameType.HELLO;
    }

    @Override
    public int run() {
        return 0;
    }

    @Override
    public void writeBody(ByteBuf out) {
        out.writeInt(worker).writeLong(pid).writeBytes(nonce).writeBytes(proof);
    }
}
