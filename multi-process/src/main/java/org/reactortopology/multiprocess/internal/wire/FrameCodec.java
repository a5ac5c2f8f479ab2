package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Header and body of a frame. Header, 12 bytes: {@code magic u16 = 0x5254 ("RT") | version u8 = 5 | type u8 | run u32 | body length u32}.
 */
public final class FrameCodec {

    /** First two bytes of every frame. */
    public static final int MAGIC = 0x5254;

    /** The one version that this code speaks. */
    public static final int VERSION = 5;

    /** Length of a header. */
    public static final int HEADER_BYTES = 12;

    /** Longest body whose frame fits into one buffer; a longer one could never become complete. */
    private static final int LONGEST_BODY = Integer.MAX_VALUE - HEADER_BYTES;

    /** What most frames take. */
    private static final int SHORT_BODY = 244;

    /** For keys that are not of ASCII. */
    private static final int SLACK_BYTES = 64;

    private static final int TYPE_OFFSET = 3;
    private static final int RUN_OFFSET = 4;
    private static final int LENGTH_OFFSET = 8;

    private FrameCodec() {}

    /** The frame as bytes, in a buffer that the caller must release. */
    public static ByteBuf encode(Frame frame, ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer((int)
                Math.min(LONGEST_BODY, HEADER_BYTES + Math.max(SHORT_BODY, frame.bodyBytes() + SLACK_BYTES)));
        try {
            out.writeShort(MAGIC).writeByte(VERSION).writeByte(frame.type().id());
            out.writeInt(frame.run()).writeInt(0);
            frame.writeBody(out);
            out.setInt(LENGTH_OFFSET, out.readableBytes() - HEADER_BYTES);
            return out;
        } catch (RuntimeException | Error e) {
            out.release();
            throw e;
        }
    }

    /**
     * Checks the header that {@code in} begins with, as far as it is there, so that garbage is refused at its first wrong byte (R11); reads
     * nothing.
     *
     * @param maxBody longest body allowed, in bytes
     * @return length of the whole frame, or -1 if the header is not complete
     * @throws ProtocolException if a field is wrong
     */
    static int frameLength(ByteBuf in, int maxBody) {
        int start = in.readerIndex();
        int readable = in.readableBytes();
        if (readable >= 1) {
            check(in.getUnsignedByte(start) == MAGIC >> 8, "magic", in.getUnsignedByte(start));
        }
        if (readable >= 2) {
            check(in.getUnsignedShort(start) == MAGIC, "magic", in.getUnsignedShort(start));
        }
        if (readable > 2 && in.getUnsignedByte(start + 2) != VERSION) {
            throw new ProtocolException("the other side speaks protocol version " + in.getUnsignedByte(start + 2)
                    + ", this side version " + VERSION + ": put the same reactor-topology jar on both class paths");
        }
        if (readable > TYPE_OFFSET && FrameType.of(in.getUnsignedByte(start + TYPE_OFFSET)) == null) {
            check(false, "frame type", in.getUnsignedByte(start + TYPE_OFFSET));
        }
        if (readable < HEADER_BYTES) {
            return -1;
        }
        int length = in.getInt(start + LENGTH_OFFSET);
        int longest = Math.min(maxBody, LONGEST_BODY);
        if (length < 0 || length > longest) {
            throw new ProtocolException("a body of " + Integer.toUnsignedString(length) + " bytes is too long: at most "
                    + longest + " are allowed here");
        }
        return HEADER_BYTES + length;
    }

    /**
     * Decodes one whole frame.
     *
     * @throws ProtocolException if its body is too short or too long for its type, or a value in it is not allowed
     */
    static Frame decode(ByteBuf frame) {
        FrameType type = FrameType.of(frame.getUnsignedByte(frame.readerIndex() + TYPE_OFFSET));
        int run = frame.getInt(frame.readerIndex() + RUN_OFFSET);
        ByteBuf body = frame.slice(frame.readerIndex() + HEADER_BYTES, frame.readableBytes() - HEADER_BYTES);
        if (type == null) {
            throw new ProtocolException("unknown frame type");
        }
        Frame decoded = decode(type, run, body);
        if (decoded.run() != run) {
            throw new ProtocolException(type + " names run " + Integer.toUnsignedString(run)
                    + ": a frame of the connection itself belongs to run 0");
        }
        if (body.isReadable()) {
            throw new ProtocolException(type + " has " + body.readableBytes() + " bytes after the end of its body");
        }
        return decoded;
    }

    private static Frame decode(FrameType type, int run, ByteBuf body) {
        return switch (type) {
            case HELLO -> Hello.read(body);
            case WELCOME -> Welcome.read(body);
            case START -> Start.read(run, body);
            case READY -> Ready.read(run, body);
            case REFUSED -> Refused.read(run, body);
            case ITEMS -> Items.read(run, body);
            case OUTCOMES -> Outcomes.read(run, body);
            case CREDIT -> Credit.read(run, body);
            case END_OF_ITEMS -> new EndOfItems(run);
            case PARTIAL -> Partial.read(run, body);
            case ALIVE -> new Alive(run);
            case CHECKPOINT -> new Checkpoint(run);
            case WATCH -> Watch.read(run, body);
            case STATS -> Stats.read(run, body);
            case FINISHED -> new Finished(run);
            case FREE -> new Free(run);
            case CANCEL -> new Cancel(run);
            case BROKEN -> Broken.read(run, body);
            case GOODBYE -> new Goodbye();
        };
    }

    private static void check(boolean right, String field, int seen) {
        if (!right) {
            throw new ProtocolException(
                    field + " is 0x" + Integer.toHexString(seen) + ": this is not a frame of reactor-topology");
        }
    }
}
