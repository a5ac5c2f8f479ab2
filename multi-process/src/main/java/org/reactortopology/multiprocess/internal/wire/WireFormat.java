package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** The parts that bodies are made of; reading past the end of a body is a {@link ProtocolException}. */
final class WireFormat {

    private WireFormat() {}

    /** u32 length in bytes, then UTF-8. */
    static void writeString(ByteBuf out, String text) {
        int length = out.writerIndex();
        out.writeInt(0);
        out.setInt(length, ByteBufUtil.writeUtf8(out, text));
    }

    static String readString(ByteBuf in, String field) {
        int length = readLength(in, field);
        need(in, length, field);
        return length == 0
                ? ""
                : in.readCharSequence(length, StandardCharsets.UTF_8).toString();
    }

    /** u32 length, then that many bytes. */
    static void writeBytes(ByteBuf out, byte[] bytes) {
        out.writeInt(bytes.length);
        out.writeBytes(bytes);
    }

    static byte[] readBytes(ByteBuf in, String field) {
        return readExactly(in, readLength(in, field), field);
    }

    /** Exactly that many bytes, without a length. */
    static byte[] readExactly(ByteBuf in, int length, String field) {
        need(in, length, field);
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }

    /** u32 that counts entries of at least {@code entryBytes} bytes each, so a count that cannot fit is refused before memory is taken. */
    static int readCount(ByteBuf in, int entryBytes, String field) {
        int count = readLength(in, field);
        if ((long) count * entryBytes > in.readableBytes()) {
            throw new ProtocolException(field + " counts " + count + " entries of at least " + entryBytes
                    + " bytes, but only " + in.readableBytes() + " bytes of the body are left");
        }
        return count;
    }

    /** As {@link #readCount}, of a batch, which has at least one entry. */
    static int readBatchCount(ByteBuf in, int entryBytes, String field) {
        int count = readCount(in, entryBytes, field);
        if (count == 0) {
            throw new ProtocolException("a batch of " + field + " is empty: it must have at least one entry");
        }
        return count;
    }

    static int readInt(ByteBuf in, String field) {
        need(in, Integer.BYTES, field);
        return in.readInt();
    }

    static long readLong(ByteBuf in, String field) {
        need(in, Long.BYTES, field);
        return in.readLong();
    }

    static int readByte(ByteBuf in, String field) {
        need(in, 1, field);
        return in.readUnsignedByte();
    }

    static int readLength(ByteBuf in, String field) {
        int length = readInt(in, field);
        if (length < 0) {
            throw new ProtocolException(field + " has the length " + Integer.toUnsignedString(length) + ": at most "
                    + Integer.MAX_VALUE + " is allowed");
        }
        return length;
    }

    private static void need(ByteBuf in, int bytes, String field) {
        if (in.readableBytes() < bytes) {
            throw new ProtocolException("the body ends inside " + field + ": " + bytes + " bytes are needed, "
                    + in.readableBytes() + " are left");
        }
    }
}
