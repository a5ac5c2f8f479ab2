package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Cuts a stream of bytes into frames; fails at the first byte that cannot belong to one. Runs on the connection's event loop. */
public final class FrameDecoder extends ByteToMessageDecoder {

    /** Read and written on the event loop only. */
    private int maxBody;

    /** Refuses bodies longer than {@code maxBody} bytes. */
    public FrameDecoder(int maxBody) {
        this.maxBody = maxBody;
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
