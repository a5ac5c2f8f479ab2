package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into frames; fails at the first byte that cannot belong to one. Runs on the connection's event loop. */
public final class FrameDecoder extends ByteToMessageDecoder {

    /** So much is taken for a frame at once; for the rest of a longer one when so much of it has come. */
    private static final int AT_ONCE_BYTES = 4 * 1024 * 1024;

    private static final int MOST_DOUBLED = Integer.MAX_VALUE / 2;

    /** Shorter frames come with others in one read. */
    private static final int LONG_BYTES = 128 * 1024;

    /** Read and written on the event loop only. */
    private int maxBody;

    /** What a long frame is being put together in; likewise. */
    private @Nullable ByteBuf whole;

    /** Refuses bodies longer than {@code maxBody} bytes. */
    public FrameDecoder(int maxBody) {
        this.maxBody = maxBody;
        setCumulator(this::cumulate);
    }

    /** Changes the limit; called on the event loop once the other side has proved who it is. */
    public void maxBody(int bytes) {
        maxBody = bytes;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int length = FrameCodec.frameLength(in, maxBody);
        if (length < 0 || in.readableBytes() < length) {
            return;
        }
        whole = null;
        ByteBuf frame = in.readSlice(length);
        out.add(FrameCodec.decode(frame));
    }

    /**
     * Where the rest of a long frame is to be read to, up to the end of the buffer, so that it need not be copied; null if there is none. What was read
     * is handed to {@link #channelRead} in that same buffer, retained. Called on the event loop.
     */
    @SuppressWarnings("ReferenceEquality") // the very buffer, not one of the same content
    public @Nullable ByteBuf rest() {
        ByteBuf begun = whole;
        return begun != null && begun == internalBuffer() && begun.isWritable() ? begun : null;
    }

    /** A long frame is put together in one buffer of its length, rather than in one that is doubled and copied time and again. */
    @SuppressWarnings("ReferenceEquality") // the very buffer, not one of the same content
    private ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf cumulation, ByteBuf in) {
        if (in == cumulation) { // the rest, or a part of it
            in.release();
            return cumulation;
        }
        int have = cumulation.readableBytes();
        if (have < FrameCodec.HEADER_BYTES || cumulation.writableBytes() >= in.readableBytes()) {
            return MERGE_CUMULATOR.cumulate(allocator, cumulation, in);
        }
        int needed = Math.min(
                FrameCodec.frameLength(cumulation, maxBody), Math.max(AT_ONCE_BYTES, 2 * Math.min(have, MOST_DOUBLED)));
        if (needed < LONG_BYTES || needed <= have + in.readableBytes()) {
            return MERGE_CUMULATOR.cumulate(allocator, cumulation, in);
        }
        ByteBuf begun = allocator.directBuffer(needed);
        try {
            begun.writeBytes(cumulation).writeBytes(in);
        } catch (RuntimeException | Error e) {
            begun.release();
            throw e;
        }
        cumulation.release();
        in.release();
        whole = begun;
        return begun;
    }

    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.isReadable()) {
            decode(context, in, out);
        }
        if (out.isEmpty() && in.isReadable()) {
            throw new ProtocolException(
                    "the connection ended inside a frame, after " + in.readableBytes() + " of its bytes");
        }
    }
}
