package org.reactortopology.multiprocess.internal.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.handler.codec.DecoderException;
import java.util.Arrays;
import java.util.List;

/** Whatever comes in is frames, the need for more, or a {@link ProtocolException}, within memory bounded by what came in. */
class FrameDecoderFuzz {

    private static final int MAX_BODY = 4096;

    /** Netty's own buffers and the stack trace of a refusal. */
    private static final long FIXED = 256 * 1024;

    private static final int PER_BYTE = 64;

    /** The first byte says in pieces of which length the others come. */
    @FuzzTest
    void decode(byte[] data) {
        if (data.length > 0) {
            int piece = 1 + (data[0] & 0xff);
            byte[] stream = Arrays.copyOfRange(data, 1, data.length);
            // each piece costs one pass of the pipeline
            AllocatedBytes.within(
                    FIXED + 512L * (stream.length / piece), PER_BYTE, stream.length, () -> read(stream, piece));
        }
    }

    private static void read(byte[] stream, int piece) {
        FrameStream frames = new FrameStream(MAX_BODY);
        try {
            for (int at = 0; at < stream.length; at += piece) {
                frames.feed(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + piece)))
                        .forEach(FrameDecoderFuzz::survivesItsOwnBytes);
            }
            frames.end();
        } catch (DecoderException e) {
            if (!(e.getCause() instanceof ProtocolException)) {
                throw e;
            }
        } catch (ProtocolException e) {
            // refused
        }
    }

    /** What was read can be written, and reads as the same again. */
    private static void survivesItsOwnBytes(Frame frame) {
        byte[] bytes = Sample.encode(frame);
        List<Frame> again = new FrameStream(Integer.MAX_VALUE).feed(bytes);
        if (again.size() != 1 || !Arrays.equals(Sample.encode(again.get(0)), bytes)) {
            throw new AssertionError(frame + " became " + again);
        }
    }
}
