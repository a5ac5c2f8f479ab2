package org.reactortopology.multiprocess.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayList;
import java.util.List;

/** A decoder at the end of a stream of bytes. */
final class FrameStream {

    private final EmbeddedChannel channel;

    FrameStream(int maxBody) {
        channel = new EmbeddedChannel(new FrameDecoder(maxBody));
    }

    FrameStream() {
        this(1 << 20);
    }

    /** The frames that are complete with these bytes. */
    List<Frame> feed(byte... bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes));
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frames.add(frame);
        }
        return frames;
    }

    /** Ends the stream. */
    void end() {
        channel.finish();
    }

    /** What is wrong with these bytes; the test fails if nothing is. */
    static ProtocolException refusal(byte... bytes) {
        return refusal(new FrameStream(), bytes);
    }

    static ProtocolException refusal(FrameStream stream, byte... bytes) {
        return protocolError(catchThrowable(() -> stream.feed(bytes)));
    }

    /** That an error is a {@link ProtocolException}, directly or in Netty's wrapping. */
    static ProtocolException protocolError(Throwable error) {
        Throwable bare = error instanceof DecoderException ? error.getCause() : error;
        assertThat(bare).isInstanceOf(ProtocolException.class);
        assertThat(bare.getMessage()).isNotBlank();
        return (ProtocolException) bare;
    }
}
