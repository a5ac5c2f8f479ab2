package org.reactortopology.multiprocess.internal.claim;

import org.jspecify.annotations.Nullable;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.PayloadException;
import org.reactortopology.multiprocess.internal.payload.TaggedCodec;
import org.reactortopology.multiprocess.internal.wire.Claim;
import org.reactortopology.multiprocess.internal.wire.Large;
import org.reactortopology.multiprocess.internal.wire.RawArray;

/**
 * A run's codec, with a way around it for large values: arrays of numbers cross as they lie in memory, if the codec is the default one, and what is large
 * enough lies in shared memory, if there is any. Thread-safe.
 */
public final class LargeValues {

    /** Smaller arrays are encoded as all else is, when they are handed over. */
    static final int LEAST_RAW_BYTES = 16 * 1024;

    private static final byte[] NONE = new byte[0];

    private final Codec codec;
    private final boolean raw;

    /** Values of that codec. */
    public LargeValues(Codec codec) {
        this.codec = codec;
        this.raw = codec instanceof TaggedCodec;
    }

    /**
     * A value on its way out.
     *
     * @param bytes what the codec made; empty if there is something in their place
     * @param large what stands for them
     */
    public record Encoded(byte[] bytes, @Nullable Large large) {

        /** Length of the encoded value, wherever it lies. */
        public int length() {
            return large == null ? bytes.length : large.bytes();
        }

        /** The same value in shared memory, if it is large enough and there is room for it. */
        public Encoded claimed(@Nullable Claims claims) {
            if (claims == null || !claims.writer().takes(length())) {
                return this;
            }
            Claim claim = large instanceof RawArray array
                    ? claims.writer().write(array)
                    : claims.writer().write(bytes);
            return claim == null ? this : new Encoded(NONE, claim);
        }
    }

    /**
     * Encodes a value, of which nothing is in shared memory yet.
     *
     * @throws PayloadException if it cannot be encoded
     */
    public Encoded encode(Object value) {
        long rawBytes = raw ? RawArray.dataBytes(value) : 0;
        if (rawBytes < LEAST_RAW_BYTES || rawBytes >= Integer.MAX_VALUE) {
            return new Encoded(codec.encode(value), null);
        }
        return new Encoded(NONE, new RawArray(value));
    }

    /**
     * Decodes what {@link #encode} of the other side made. A claim may be released afterwards, whatever this throws.
     *
     * @throws PayloadException if it cannot be decoded
     * @throws org.reactortopology.multiprocess.internal.wire.ProtocolException if it does not lie where it should
     */
    public Object decode(byte[] bytes, @Nullable Large large, @Nullable Claims claims) {
        if (large == null) {
            return codec.decode(bytes);
        }
        if (large instanceof Claim claim && claims != null) {
            return claim.tag() == 0
                    ? codec.decode(claims.reader().bytes(claim))
                    : array(claims.reader().array(claim));
        }
        if (large instanceof RawArray array) {
            return array(array);
        }
        throw new PayloadException("a value lies in shared memory, but this side has none");
    }

    private Object array(RawArray array) {
        if (!raw) {
            throw new PayloadException("an array came around the codec: only the default codec lets it");
        }
        return array.array();
    }
}
