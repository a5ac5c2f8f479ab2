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

    private static final int MOST_DOUBLED = Integer.MAX_VALUE / 4;

    /** One read should bring no more, so that there is room for the next frame's beginning behind a long one. */
    public static final int MOST_READ_BYTES = 256 * 1024;

    /** Read and written on the event loop only. */
    private int maxBody;

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
        ByteBuf frame = in.readSlice(length);
        out.add(FrameCodec.decode(frame));
    }

    /** A long frame is put together in one buffer of its length, rather than in one that is doubled and copied time and again. */
    private ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf cumulation, ByteBuf in) {
        ByteBuf whole;
        try {
            whole = whole(allocator, cumulation, in);
        } catch (RuntimeException | Error e) {
            in.release(); // which nobody else does: it is this method's from the beginning
            throw e;
        }
        if (whole == null) {
            return MERGE_CUMULATOR.cumulate(allocator, cumulation, in);
        }
        cumulation.release();
        in.release();
        return whole;
    }

    /** A copy of both in a buffer with room for the whole frame, or null if that is not needed. */
    private @Nullable ByteBuf whole(ByteBufAllocator allocator, ByteBuf cumulation, ByteBuf in) {
        int have = cumulation.readableBytes();
        if (have < FrameCodec.HEADER_BYTES || cumulation.writableBytes() >= in.readableBytes()) {
            return null;
        }
        int frame = Math.min(FrameCodec.frameLength(cumulation, maxBody), Integer.MAX_VALUE - MOST_READ_BYTES);
        int needed = Math.min(frame, Math.max(AT_ONCE_BYTES, 2 * Math.min(have, MOST_DOUBLED)));
        if (needed <= have + in.readableBytes()) {
            return null;
        }
        ByteBuf whole =
                allocator.directBuffer(needed + MOST_READ_BYTES); // the last read may bring the next frame's beginning
        try {
            return whole.writeBytes(cumulation, cumulation.readerIndex(), have)
                    .writeBytes(in, in.readerIndex(), in.readableBytes());
        } catch (RuntimeException | Error e) {
            whole.release();
            throw e;
        }
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
