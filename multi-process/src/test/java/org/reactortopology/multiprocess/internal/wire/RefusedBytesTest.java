package org.reactortopology.multiprocess.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.multiprocess.internal.wire.OutcomeTrace.Spent;

/** What is not the protocol is refused, with words, at once, and without taking memory for lengths that lie. */
class RefusedBytesTest {

    private static final int LENGTH_OFFSET = 8;

    @Test
    void wrongMagicIsRefusedAtItsFirstAndAtItsSecondByte() {
        assertThat(FrameStream.refusal((byte) 'G'))
                .hasMessageContaining("magic is 0x47")
                .hasMessageContaining("not a frame of reactor-topology");
        FrameStream stream = new FrameStream();
        assertThat(stream.feed((byte) 0x52)).isEmpty();
        assertThat(FrameStream.refusal(stream, (byte) 0x55)).hasMessageContaining("magic is 0x5255");
    }

    @Test
    void anotherVersionIsRefusedWithBothVersionsAndTheFix() {
        assertThat(FrameStream.refusal((byte) 0x52, (byte) 0x54, (byte) 1))
                .hasMessageContaining("protocol version 1")
                .hasMessageContaining("this side version " + FrameCodec.VERSION)
                .hasMessageContaining("same reactor-topology jar on both class paths");
    }

    @Test
    void anUnknownTypeIsRefusedBeforeTheRestOfTheHeader() {
        assertThat(FrameStream.refusal((byte) 0x52, (byte) 0x54, (byte) FrameCodec.VERSION, (byte) 0x7f))
                .hasMessageContaining("frame type is 0x7f");
        assertThat(FrameStream.refusal((byte) 0x52, (byte) 0x54, (byte) FrameCodec.VERSION, (byte) 0xff))
                .hasMessageContaining("frame type is 0xff");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, Integer.MAX_VALUE - 12, Integer.MAX_VALUE})
    void aBodyLongerThanAllowedIsRefusedAtItsHeader(int maxBody) {
        byte[] header = header(FrameType.START, maxBody + 1);
        assertThat(FrameStream.refusal(new FrameStream(maxBody), header))
                .hasMessageContaining(Integer.toUnsignedString(maxBody + 1) + " bytes is too long");
    }

    @Test
    void aBodyOfTheAllowedLengthIsTaken() {
        byte[] frame = Sample.of(FrameType.START).withBody(new byte[100]);
        assertThat(new FrameStream(100).feed(frame)).hasSize(1);
    }

    /** A limit that leaves no room for the header in an array must not make the sum of both negative, which would wait for ever. */
    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MAX_VALUE - 5, Integer.MAX_VALUE - 11})
    void aBodyThatFitsIntoNoArrayIsRefusedWhateverIsAllowed(int length) {
        assertThat(FrameStream.refusal(new FrameStream(Integer.MAX_VALUE), header(FrameType.START, length)))
                .hasMessageContaining("too long");
    }

    @ParameterizedTest
    @EnumSource(names = {"HELLO", "WELCOME", "GOODBYE"})
    void aFrameOfTheConnectionThatNamesARunIsRefused(FrameType type) {
        byte[] bytes = Sample.of(type).bytes();
        bytes[7] = 1;
        assertThat(FrameStream.refusal(bytes)).hasMessageContaining(type.name()).hasMessageContaining("run 1");
    }

    @ParameterizedTest
    @EnumSource(names = {"ITEMS", "OUTCOMES"})
    void anEmptyBatchIsRefused(FrameType type) {
        assertThat(FrameStream.refusal(Sample.of(type).withBody(new byte[4]))).hasMessageContaining("at least one");
    }

    @ParameterizedTest
    @EnumSource(names = {"ITEMS", "OUTCOMES", "STATS", "READY", "REFUSED", "BROKEN", "PARTIAL"})
    void aCountOrLengthThatLiesIsRefused(FrameType type) {
        for (int lie : List.of(0x7fffffff, 0x80000000, 0xffffffff, 0x00ffffff, 0x10000000)) {
            byte[] body = Sample.of(type).body();
            ByteBuffer.wrap(body).putInt(0, lie);
            FrameStream.refusal(Sample.of(type).withBody(body));
        }
    }

    @Test
    void lengthsInsideOfEntriesThatLieAreRefused() {
        int keyLength = 4 + 8;
        int payloadLength = keyLength + 4 + 1 + 1;
        for (int lie : List.of(0x7fffffff, 0x80000000, 0xffffffff, 0x00ffffff)) {
            assertLieRefused(FrameType.ITEMS, keyLength, lie);
            assertLieRefused(FrameType.ITEMS, payloadLength, lie);
            assertLieRefused(FrameType.OUTCOMES, 4 + 8, lie);
            assertLieRefused(FrameType.OUTCOMES, 4 + 8 + 4 + 3 + 1, lie);
            assertLieRefused(FrameType.PARTIAL, 4 + 1, lie);
        }
    }

    @ParameterizedTest
    @MethodSource("org.reactortopology.multiprocess.internal.wire.Sample#all")
    void aLieAnywhereInABodyIsAFrameOrAProtocolException(Sample sample) {
        for (int lie : List.of(0x7fffffff, 0x80000000, 0xffffffff, 0)) {
            for (int at = 0; at + 4 <= sample.body().length; at++) {
                byte[] body = sample.body();
                ByteBuffer.wrap(body).putInt(at, lie);
                frameOrProtocolException(sample.withBody(body), sample + ", " + lie + " at " + at);
            }
        }
    }

    @Test
    void negativeCreditIsRefused() {
        assertThat(FrameStream.refusal(Sample.encode(new Credit(1, -1, 0)))).hasMessageContaining("-1 items");
        assertThat(FrameStream.refusal(Sample.encode(new Credit(1, 0, -7)))).hasMessageContaining("-7 bytes");
        assertThat(new FrameStream().feed(Sample.encode(new Credit(1, 0, 0)))).hasSize(1);
    }

    @Test
    void anUnknownOutcomeKindIsRefused() {
        byte[] body = Sample.of(FrameType.OUTCOMES).body();
        body[4 + 8 + 4 + 3] = 5;
        assertThat(FrameStream.refusal(Sample.of(FrameType.OUTCOMES).withBody(body)))
                .hasMessageContaining("outcome kind is 5")
                .hasMessageContaining("0 (done)")
                .hasMessageContaining("4 (consumed)");
    }

    @Test
    void aTraceThatCannotBeIsRefused() {
        assertTraceRefused(new OutcomeTrace(-1, 1, List.of()), "began at -1");
        assertTraceRefused(new OutcomeTrace(1, -1, List.of()), "-1 attempts");
        assertTraceRefused(spent(new Spent(0, -1)), "for -1 ns");
        assertTraceRefused(spent(new Spent(-1, 1)), "work -1");
        assertTraceRefused(spent(new Spent(1, 1), new Spent(1, 1)), "places must ascend");
        assertTraceRefused(spent(new Spent(2, 1), new Spent(1, 1)), "places must ascend");
    }

    @Test
    void aTraceWhoseCountLiesIsRefused() {
        Frame frame = outcome(spent(new Spent(0, 1)));
        int count = FrameCodec.HEADER_BYTES + 4 + 8 + 4 + 1 + 8 + 4;
        for (int lie : List.of(2, 3, 0x7fffffff, 0x80000000, 0xffffffff)) {
            byte[] bytes = Sample.encode(frame);
            ByteBuffer.wrap(bytes).putInt(count, lie);
            assertThat(FrameStream.refusal(bytes)).as("count %d", lie).hasMessageContaining("works of an item");
        }
    }

    @Test
    void anItemCannotBeFlaggedAsTraced() {
        byte[] body = Sample.of(FrameType.ITEMS).body();
        body[4 + 8 + 4 + 1] = (byte) 0x80;
        assertThat(FrameStream.refusal(Sample.of(FrameType.ITEMS).withBody(body)))
                .hasMessageContaining("outcome kind is 128");
    }

    private static OutcomeTrace spent(Spent... works) {
        return new OutcomeTrace(1, 1, List.of(works));
    }

    private static Frame outcome(OutcomeTrace trace) {
        return new Outcomes(1, List.of(new Outcomes.Entry(1, OutcomeKind.DONE, new byte[3]).traced(trace)));
    }

    private static void assertTraceRefused(OutcomeTrace trace, String why) {
        assertThat(FrameStream.refusal(Sample.encode(outcome(trace)))).hasMessageContaining(why);
    }

    @Test
    void randomChangesGiveAFrameOrAProtocolException() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Sample.ALL.get(random.nextInt(Sample.ALL.size())).bytes();
            String original = Sample.hex(bytes);
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            frameOrProtocolException(
                    bytes, "seed " + seed + ", round " + round + ": " + original + " became " + Sample.hex(bytes));
        }
    }

    private static void assertLieRefused(FrameType type, int at, int lie) {
        byte[] body = Sample.of(type).body();
        ByteBuffer.wrap(body).putInt(at, lie);
        FrameStream.refusal(Sample.of(type).withBody(body));
    }

    private static void frameOrProtocolException(byte[] bytes, String what) {
        Throwable error = catchThrowable(() -> {
            FrameStream stream = new FrameStream();
            stream.feed(bytes);
            stream.end();
        });
        if (error != null) {
            try {
                FrameStream.protocolError(error);
            } catch (AssertionError e) {
                throw new AssertionError(what, error);
            }
        }
    }

    private static byte[] header(FrameType type, int length) {
        byte[] header = new byte[FrameCodec.HEADER_BYTES];
        ByteBuffer.wrap(header)
                .putShort((short) 0x5254)
                .put((byte) FrameCodec.VERSION)
                .put((byte) type.id())
                .putInt(LENGTH_OFFSET, length);
        return header;
    }

    @Test
    void whatIsReadBehindAHeaderThatIsNoLongerAllowedIsReleased() {
        ByteBuf frame = FrameCodec.encode(new Start(1, new byte[1000]), UnpooledByteBufAllocator.DEFAULT);
        FrameDecoder decoder = new FrameDecoder(2000);
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        channel.writeInbound(frame.readBytes(100));
        decoder.maxBody(500);
        ByteBuf more = frame.readBytes(500);

        FrameStream.protocolError(catchThrowable(() -> channel.writeInbound(more)));

        assertThat(more.refCnt()).isZero();
        frame.release();
        var unused = catchThrowable(channel::finish); // which gives back what is left
    }
}
