package org.reactortopology.multiprocess.internal.payload;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.CodecFactory;
import org.reactortopology.multiprocess.PayloadException;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import org.reactortopology.multiprocess.internal.wire.RawArray;

/**
 * The default codec. A payload is a tag byte, then: 0 a Fory object; 1 to 6 the elements of an array of numbers, as {@link RawArray} has them; 7 the readable
 * bytes of a byte buffer.
 */
@SuppressWarnings("ByteBufferBackingArray") // every buffer here is allocated here, on the heap and from offset 0
public final class TaggedCodec implements Codec {

    private static final int OBJECT = 0;
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
        if (RawArray.carries(value)) {
            RawArray array = new RawArray(value);
            ByteBuffer out = tagged(array.tag(), RawArray.dataBytes(value));
            array.put(out);
            return out.array();
        } else if (value instanceof ByteBuffer buffer) {
            return tagged(BUFFER, buffer.remaining()).put(buffer.duplicate()).array();
        }
        byte[] object = objects.encode(value);
        return tagged(OBJECT, object.length).put(object).array();
    }

    @Override
    public Object decode(byte[] payload) {
        if (payload.length == 0) {
            throw new PayloadException("a payload is empty: it must begin with its tag");
        }
        int tag = payload[0];
        if (tag == OBJECT) {
            return objects.decode(Arrays.copyOfRange(payload, 1, payload.length));
        }
        ByteBuffer in = ByteBuffer.wrap(payload, 1, payload.length - 1);
        if (tag == BUFFER) {
            return in.slice();
        }
        try {
            return RawArray.get(tag, in).array();
        } catch (ProtocolException e) {
            throw new PayloadException(
                    "a payload of " + payload.length + " bytes cannot be decoded: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer tagged(int tag, long bytes) {
        long length = 1 + bytes;
        if (length > Integer.MAX_VALUE - 8) {
            throw new PayloadException(
                    "a value of " + length + " bytes cannot cross to another process: split it, or write it "
                            + "to a file and return the path");
        }
        return ByteBuffer.allocate((int) length).put((byte) tag);
    }
}
