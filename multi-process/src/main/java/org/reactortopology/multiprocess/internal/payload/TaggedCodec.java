package org.reactortopology.multiprocess.internal.payload;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.CodecFactory;
import org.reactortopology.multiprocess.PayloadException;

/**
 * The default codec. A payload is a tag byte, then: 0 a Fory object; 1 bytes; 2 shorts, 3 ints, 4 longs, 5 floats, 6 doubles of an array,
 * big-endian; 7 the readable bytes of a byte buffer.
 */
@SuppressWarnings("ByteBufferBackingArray") // every buffer here is allocated here, on the heap and from offset 0
public final class TaggedCodec implements Codec {

    private static final int OBJECT = 0;
    private static final int BYTES = 1;
    private static final int SHORTS = 2;
    private static final int INTS = 3;
    private static final int LONGS = 4;
    private static final int FLOATS = 5;
    private static final int DOUBLES = 6;
    private static final int BUFFER = 7;

    private final Codec objects;

    private TaggedCodec(List<Class<?>> types) {
        objects = new ForyCodec(types);
    }

    /** Makes default codecs. */
    public static final class Factory implements CodecFactory {
        @Override
        public Codec create(List<Class<?>> types) {
            return new TaggedCodec(types);
        }
    }

    @Override
    public byte[] encode(Object value) {
        if (value instanceof byte[] bytes) {
            return tagged(BYTES, bytes.length, 1).put(bytes).array();
        } else if (value instanceof short[] shorts) {
            ByteBuffer out = tagged(SHORTS, shorts.length, Short.BYTES);
            out.asShortBuffer().put(shorts);
            return out.array();
        } else if (value instanceof int[] ints) {
            ByteBuffer out = tagged(INTS, ints.length, Integer.BYTES);
            out.asIntBuffer().put(ints);
            return out.array();
        } else if (value instanceof long[] longs) {
            ByteBuffer out = tagged(LONGS, longs.length, Long.BYTES);
            out.asLongBuffer().put(longs);
            return out.array();
        } else if (value instanceof float[] floats) {
            ByteBuffer out = tagged(FLOATS, floats.length, Float.BYTES);
            out.asFloatBuffer().put(floats);
            return out.array();
        } else if (value instanceof double[] doubles) {
            ByteBuffer out = tagged(DOUBLES, doubles.length, Double.BYTES);
            out.asDoubleBuffer().put(doubles);
            return out.array();
        } else if (value instanceof ByteBuffer buffer) {
            return tagged(BUFFER, buffer.remaining(), 1).put(buffer.duplicate()).array();
        }
        byte[] object = objects.encode(value);
        return tagged(OBJECT, object.length, 1).put(object).array();
    }

    @Override
    public Object decode(byte[] payload) {
        if (payload.length == 0) {
            throw new PayloadException("a payload is empty: it must begin with its tag");
        }
        ByteBuffer in = ByteBuffer.wrap(payload, 1, payload.length - 1);
        return switch (payload[0]) {
            case OBJECT -> objects.decode(Arrays.copyOfRange(payload, 1, payload.length));
            case BYTES -> Arrays.copyOfRange(payload, 1, payload.length);
            case SHORTS -> {
                short[] shorts = new short[elements(in, Short.BYTES)];
                in.asShortBuffer().get(shorts);
                yield shorts;
            }
            case INTS -> {
                int[] ints = new int[elements(in, Integer.BYTES)];
                in.asIntBuffer().get(ints);
                yield ints;
            }
            case LONGS -> {
                long[] longs = new long[elements(in, Long.BYTES)];
                in.asLongBuffer().get(longs);
                yield longs;
            }
            case FLOATS -> {
                float[] floats = new float[elements(in, Float.BYTES)];
                in.asFloatBuffer().get(floats);
                yield floats;
            }
            case DOUBLES -> {
                double[] doubles = new double[elements(in, Double.BYTES)];
                in.asDoubleBuffer().get(doubles);
                yield doubles;
            }
            case BUFFER -> in.slice();
            default -> throw new PayloadException("payload tag is " + payload[0] + ": known are 0 to " + BUFFER);
        };
    }

    private static ByteBuffer tagged(int tag, int elements, int elementBytes) {
        long length = 1 + (long) elements * elementBytes;
        if (length > Integer.MAX_VALUE - 8) {
            throw new PayloadException(
                    "a value of " + length + " bytes cannot cross to another process: split it, or write it "
                            + "to a file and return the path");
        }
        return ByteBuffer.allocate((int) length).put((byte) tag);
    }

    private static int elements(ByteBuffer in, int elementBytes) {
        if (in.remaining() % elementBytes != 0) {
            throw new PayloadException(
                    "an array payload has " + in.remaining() + " bytes: a multiple of " + elementBytes + " is needed");
        }
        return in.remaining() / elementBytes;
    }
}
