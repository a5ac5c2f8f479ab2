package org.reactortopology.multiprocess.internal.wire;

import io.netty.buffer.ByteBuf;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An array of numbers that crosses as it lies in memory: {@code tag u8}, then the elements, little-endian: 1 bytes, 2 shorts, 3 ints, 4 longs, 5 floats, 6
 * doubles. It is copied once on each side, by the means of the operating system's library.
 *
 * @param array of numbers; whoever made it does not change it any more
 */
public record RawArray(Object array) implements Large {

    private static final int BYTES = 1;
    private static final int SHORTS = 2;
    private static final int INTS = 3;
    private static final int LONGS = 4;
    private static final int FLOATS = 5;
    private static final int DOUBLES = 6;

    /** Whether a value can cross in this way. */
    public static boolean carries(Object value) {
        return tag(value) > 0;
    }

    /** Bytes of its elements; a {@code long} because an array may be longer than what can cross. */
    public static long dataBytes(Object array) {
        int tag = tag(array);
        return tag == 0 ? 0 : (long) Array.getLength(array) * elementBytes(tag);
    }

    /** What kind of array it is. */
    public int tag() {
        return tag(array);
    }

    /** Bytes of its elements. */
    public int dataBytes() {
        return Math.toIntExact(dataBytes(array));
    }

    @Override
    public int bytes() {
        return 1 + dataBytes();
    }

    /** Puts the elements to where the buffer is and changes nothing else of it. */
    public void put(ByteBuffer to) {
        ByteBuffer out = to.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (array instanceof byte[] bytes) {
            out.put(bytes);
        } else if (array instanceof short[] shorts) {
            out.asShortBuffer().put(shorts);
        } else if (array instanceof int[] ints) {
            out.asIntBuffer().put(ints);
        } else if (array instanceof long[] longs) {
            out.asLongBuffer().put(longs);
        } else if (array instanceof float[] floats) {
            out.asFloatBuffer().put(floats);
        } else if (array instanceof double[] doubles) {
            out.asDoubleBuffer().put(doubles);
        } else {
            throw new IllegalArgumentException(array.getClass().getName() + " is no array of numbers");
        }
    }

    /**
     * Makes an array of all that is left in the buffer.
     *
     * @throws ProtocolException if that cannot be its bytes
     */
    public static RawArray get(int tag, ByteBuffer from) {
        int elements = checked(tag, from.remaining()) / elementBytes(tag);
        ByteBuffer in = from.slice().order(ByteOrder.LITTLE_ENDIAN);
        return new RawArray(
                switch (tag) {
                    case BYTES -> {
                        byte[] bytes = new byte[elements];
                        in.get(bytes);
                        yield bytes;
                    }
                    case SHORTS -> {
                        short[] shorts = new short[elements];
                        in.asShortBuffer().get(shorts);
                        yield shorts;
                    }
                    case INTS -> {
                        int[] ints = new int[elements];
                        in.asIntBuffer().get(ints);
                        yield ints;
                    }
                    case LONGS -> {
                        long[] longs = new long[elements];
                        in.asLongBuffer().get(longs);
                        yield longs;
                    }
                    case FLOATS -> {
                        float[] floats = new float[elements];
                        in.asFloatBuffer().get(floats);
                        yield floats;
                    }
                    default -> {
                        double[] doubles = new double[elements];
                        in.asDoubleBuffer().get(doubles);
                        yield doubles;
                    }
                });
    }

    /** u32 length, then the tag and the elements. */
    void write(ByteBuf out) {
        int data = dataBytes();
        out.writeInt(1 + data).writeByte(tag());
        if (array instanceof byte[] bytes) {
            out.writeBytes(bytes);
            return;
        }
        out.ensureWritable(data);
        put(out.nioBuffer(out.writerIndex(), data));
        out.writerIndex(out.writerIndex() + data);
    }

    static RawArray read(ByteBuf in, String field) {
        int length = WireFormat.readLength(in, field);
        if (length < 1 || length > in.readableBytes()) {
            throw new ProtocolException(field + " is an array of " + length + " bytes with its tag, but "
                    + in.readableBytes() + " are left of the body");
        }
        int tag = in.readUnsignedByte();
        if (tag == BYTES) {
            return new RawArray(WireFormat.readExactly(in, length - 1, field));
        }
        RawArray read = get(tag, in.nioBuffer(in.readerIndex(), length - 1));
        in.skipBytes(length - 1);
        return read;
    }

    /** The length, if an array of that kind can have it. */
    static int checked(int tag, int length) {
        if (tag < BYTES || tag > DOUBLES) {
            throw new ProtocolException("the tag of an array is " + tag + ": known are " + BYTES + " to " + DOUBLES);
        }
        if (length % elementBytes(tag) != 0) {
            throw new ProtocolException("an array of tag " + tag + " has " + length + " bytes: a multiple of "
                    + elementBytes(tag) + " is needed");
        }
        return length;
    }

    private static int elementBytes(int tag) {
        return switch (tag) {
            case BYTES -> Byte.BYTES;
            case SHORTS -> Short.BYTES;
            case INTS, FLOATS -> Integer.BYTES;
            default -> Long.BYTES;
        };
    }

    private static int tag(Object value) {
        if (value instanceof byte[]) {
            return BYTES;
        } else if (value instanceof short[]) {
            return SHORTS;
        } else if (value instanceof int[]) {
            return INTS;
        } else if (value instanceof long[]) {
            return LONGS;
        } else if (value instanceof float[]) {
            return FLOATS;
        }
        return value instanceof double[] ? DOUBLES : 0;
    }
}
