package org.reactortopology.multiprocess.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import org.reactortopology.multiprocess.internal.wire.FrameDecoder;

/** Reads as much as has come lately, up to a bound; the rest of a long frame is read to where the decoder puts that frame together. */
final class FrameReads implements RecvByteBufAllocator {

    private static final int LEAST_BYTES = 64;
    private static final int FIRST_BYTES = 2048;
    private static final int MOST_BYTES = 256 * 1024;

    private final RecvByteBufAllocator usual = new AdaptiveRecvByteBufAllocator(LEAST_BYTES, FIRST_BYTES, MOST_BYTES);
    private final FrameDecoder decoder;

    FrameReads(FrameDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    @SuppressWarnings("deprecation") // NIO channels ask for no more than this
    public Handle newHandle() {
        return new DelegatingHandle(usual.newHandle()) {
            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                ByteBuf rest = decoder.rest();
                return rest == null ? super.allocate(allocator) : rest.retain();
            }
        };
    }
}
