package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.HexFormat;
import java.util.List;

/** A frame of every type beside its bytes, written by hand from the table in {@code docs/protocol.md}. */
record Sample(Frame frame, String spacedHex) {

    private static final byte[] NONCE = unhex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] PROOF = unhex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");

    static final List<Sample> ALL = List.of(
            new Sample(
                    new Hello(7, 0x123456789L, NONCE, PROOF),
                    "5254 05 01 00000000 0000003c" + " 00000007 0000000123456789 000102030405060708090a0b0c0d0e0f"
                            + " 202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"),
            new Sample(
                    new Welcome(PROOF),
                    "5254 05 02 00000000 00000020"
                            + " 202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"),
            new Sample(new Start(1, unhex("a1616101")), "5254 05 03 00000001 00000004 a1616101"),
            new Sample(new Ready(1, "ab"), "5254 05 04 00000001 00000006 00000002 6162"),
            new Sample(new Refused(1, "é"), "5254 05 05 00000001 00000006 00000002 c3a9"),
            new Sample(
                    new Items(
                            0x01020304,
                            List.of(
                                    new Items.Entry(0x1122334455667788L, "k", OutcomeKind.DONE, unhex("aabb")),
                                    new Items.Entry(2, "", OutcomeKind.FAILED, new byte[0]))),
                    "5254 05 10 01020304 00000029 00000002" + " 1122334455667788 00000001 6b 00 00000002 aabb"
                            + " 0000000000000002 00000000 01 00000000"),
            new Sample(
                    new Outcomes(
                            1,
                            List.of(
                                    new Outcomes.Entry(3, "a/0", OutcomeKind.DONE, unhex("07")),
                                    new Outcomes.Entry(3, OutcomeKind.CONSUMED, new byte[0]))),
                    "5254 05 11 00000001 0000002a 00000002"
                            + " 0000000000000003 00000003 612f30 00 00000001 07"
                            + " 0000000000000003 00000000 04 00000000"),
            new Sample(
                    new Outcomes(
                            1,
                            List.of(
                                    new Outcomes.Entry(3, OutcomeKind.DONE, unhex("07"))
                                            .traced(new OutcomeTrace(
                                                    0x0102030405060708L,
                                                    2,
                                                    List.of(
                                                            new OutcomeTrace.Spent(0, 0x100000000L),
                                                            new OutcomeTrace.Spent(4, 9)))),
                                    new Outcomes.Entry(4, "b", OutcomeKind.SKIPPED, new byte[0])
                                            .traced(new OutcomeTrace(0, 0, List.of())))),
                    "5254 05 11 00000001 00000060 00000002"
                            + " 0000000000000003 00000000 80 0102030405060708 00000002 00000002"
                            + " 00000000 0000000100000000 00000004 0000000000000009 00000001 07"
                            + " 0000000000000004 00000001 62 83 0000000000000000 00000000 00000000 00000000"),
            new Sample(
                    new Items(
                            1,
                            List.of(
                                    new Items.Entry(2, "a", OutcomeKind.DONE, new byte[0], new Claim(3, 0x40, 0x80, 5)),
                                    new Items.Entry(4, "b", OutcomeKind.DONE, new byte[0], new RawArray(new short[] {
                                        0x0102, 0x0304
                                    })))),
                    "5254 05 10 00000001 00000036 00000002"
                            + " 0000000000000002 00000001 61 40 00000003 00000040 00000080 05"
                            + " 0000000000000004 00000001 62 20 00000005 02 0201 0403"),
            new Sample(
                    new Outcomes(
                            1,
                            List.of(new Outcomes.Entry(
                                    2,
                                    "",
                                    OutcomeKind.DONE,
                                    new byte[0],
                                    new OutcomeTrace(0, 0, List.of()),
                                    new Claim(0, 0, 7, 0)))),
                    "5254 05 11 00000001 0000002e 00000001 0000000000000002 00000000 c0 0000000000000000 00000000 00000000"
                            + " 00000000 00000000 00000007 00"),
            new Sample(new Credit(1, 5, 0x100000000L), "5254 05 12 00000001 0000000c 00000005 0000000100000000"),
            new Sample(new EndOfItems(1), "5254 05 13 00000001 00000000"),
            new Sample(
                    new Stats(
                            1,
                            List.of(new Stats.Entry(1, 2, 3)),
                            List.of(new Stats.Queue("'a' -> 'b'", 1, 8, 3, 0, 9))),
                    "5254 05 14 00000001 0000004a 00000001 0000000000000001 0000000000000002 0000000000000003"
                            + " 00000001 0000000a 276127202d3e20276227 00000001 00000008 00000003"
                            + " 0000000000000000 0000000000000009"),
            new Sample(new Finished(0x7fffffff), "5254 05 15 7fffffff 00000000"),
            new Sample(new Cancel(1), "5254 05 16 00000001 00000000"),
            new Sample(new Broken(1, "no"), "5254 05 17 00000001 00000006 00000002 6e6f"),
            new Sample(new Partial(1, "m", unhex("0a0b")), "5254 05 18 00000001 0000000b 00000001 6d 00000002 0a0b"),
            new Sample(new Free(2), "5254 05 19 00000002 00000000"),
            new Sample(new Alive(1), "5254 05 1a 00000001 00000000"),
            new Sample(new Checkpoint(1), "5254 05 1b 00000001 00000000"),
            new Sample(
                    new Watch(
                            1,
                            List.of(
                                    new Watch.Entry(0x1122334455667788L, 2, Watch.Event.BEGAN),
                                    new Watch.Entry(3, 0, Watch.Event.ENDED))),
                    "5254 05 1c 00000001 0000001e 00000002 1122334455667788 00000002 00 0000000000000003 00000000 02"),
            new Sample(new Goodbye(), "5254 05 20 00000000 00000000"));

    static List<Sample> all() {
        return ALL;
    }

    static Sample of(FrameType type) {
        return ALL.stream()
                .filter(sample -> sample.frame().type() == type)
                .findFirst()
                .orElseThrow();
    }

    byte[] bytes() {
        return unhex(spacedHex.replace(" ", ""));
    }

    /** The same header with another body and its length. */
    byte[] withBody(byte[] body) {
        ByteBuf out = Unpooled.buffer();
        out.writeBytes(bytes(), 0, 8).writeInt(body.length).writeBytes(body);
        return array(out);
    }

    byte[] body() {
        byte[] bytes = bytes();
        return java.util.Arrays.copyOfRange(bytes, FrameCodec.HEADER_BYTES, bytes.length);
    }

    static byte[] encode(Frame frame) {
        return array(FrameCodec.encode(frame, UnpooledByteBufAllocator.DEFAULT));
    }

    static byte[] unhex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] array(ByteBuf buffer) {
        try {
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes);
            return bytes;
        } finally {
            buffer.release();
        }
    }

    @Override
    public String toString() {
        return frame.type().name();
    }
}
