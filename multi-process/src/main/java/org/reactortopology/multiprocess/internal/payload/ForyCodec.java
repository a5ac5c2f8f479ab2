package org.reactortopology.multiprocess.internal.payload;

import java.lang.invoke.SerializedLambda;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;
import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.exception.ForyException;
import org.apache.fory.exception.InsecureException;
import org.apache.fory.serializer.JdkProxySerializer;
import org.apache.fory.serializer.LambdaSerializer;
import org.apache.fory.serializer.Serializer;
import org.jspecify.annotations.Nullable;
import org.reactortopology.Pair;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.PayloadException;

/**
 * Encodes with Apache Fory; only registered classes pass. Code generation is off: it costs each process time at its start
 * (ADR 0004).
 */
final class ForyCodec implements Codec {

    /** What Fory registers by itself and what is code or leads to it; a pattern is compiled, which can overflow the stack. */
    private static final List<Class<?>> CODE = List.of(
            Class.class,
            Pattern.class,
            SerializedLambda.class,
            LambdaSerializer.ReplaceStub.class,
            JdkProxySerializer.ReplaceStub.class);

    /** What objects, collections and maps of a payload may take, by Fory's estimate, whatever its length. */
    static final int FIXED_BYTES = 1024 * 1024;

    /** What they may take in addition for each byte of the payload; a point of two numbers takes 3. */
    static final int BYTES_PER_BYTE = 64;

    /** More than any payload is allowed. */
    private static final long MOST_BYTES = Long.MAX_VALUE;

    private final ThreadSafeFory fory;

    /** What every payload begins with: Fory's header and the class of the envelope. */
    private final byte[] beginning;

    ForyCodec(List<Class<?>> types) {
        fory = Fory.builder()
                .withXlang(false)
                .requireClassRegistration(true)
                .withRefTracking(true)
                .withCodegen(false)
                // Both sides have the same classes, by the fingerprint. In the compatible mode, which is the default, a
                // payload
                // describes its classes itself, and one of an unknown class becomes a stand-in instead of being
                // refused.
                .withCompatible(false)
                .withDeserializeUnknownClass(false)
                .withMaxGraphMemoryBytes(
                        MOST_BYTES) // EnvelopeSerializer takes off what the payload's length does not allow
                .buildThreadSafeFory();
        fory.registerSerializerAndType(Envelope.class, resolver -> new EnvelopeSerializer(resolver.getConfig()));
        registerPath();
        CODE.forEach(this::refuse);
        List<Class<?>> all = new ArrayList<>(types);
        all.add(Pair.class);
        PayloadTypes.closure(all).forEach(fory::register);
        byte[] empty = fory.serialize(new Envelope(null));
        beginning = Arrays.copyOf(empty, empty.length - 1); // null is one byte
    }

    @Override
    public byte[] encode(Object value) {
        try {
            return fory.serialize(new Envelope(value));
        } catch (ForyException e) {
            throw new PayloadException(
                    "a value of class " + value.getClass().getName() + " cannot cross to another process ("
                            + firstSentence(e) + "): name the class it needs with types(…) when the topology is built, "
                            + "or keep the value in the worker and return a description of it",
                    e);
        }
    }

    @Override
    public Object decode(byte[] bytes) {
        int length = beginning.length;
        if (bytes.length <= length || !Arrays.equals(beginning, 0, length, bytes, 0, length)) {
            throw new PayloadException("a payload of " + bytes.length
                    + " bytes does not begin as one of this codec: both sides need the same"
                    + " types(…) and the same jars");
        }
        Envelope envelope;
        try {
            envelope = (Envelope) fory.deserialize(bytes);
        } catch (RuntimeException e) {
            throw new PayloadException(
                    "a payload of " + bytes.length + " bytes cannot be decoded (" + firstSentence(e)
                            + "): if it names a class, name the same with types(…) when the topology is built",
                    e);
        }
        if (envelope == null || envelope.value() == null) {
            throw new PayloadException(
                    "a payload of " + bytes.length + " bytes decodes to null: values are never null");
        }
        return envelope.value();
    }

    @SuppressWarnings("unchecked") // every path of the default file system has this one class
    private void registerPath() {
        Class<Path> type = (Class<Path>) Path.of("").getClass();
        fory.registerSerializerAndType(type, resolver -> new PathSerializer(resolver.getConfig(), type));
    }

    private <T> void refuse(Class<T> type) {
        fory.registerSerializer(type, resolver -> new Refused<>(resolver.getConfig(), type));
    }

    private static String firstSentence(RuntimeException e) {
        if (e.getCause() instanceof ClassCastException) {
            return "it is or holds a lambda"; // whose serializer finds the one for its bytes refused
        }
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf(',');
        return end < 0 ? message : message.substring(0, end);
    }

    /** A path of the default file system as its text. */
    private static final class PathSerializer extends Serializer<Path> {
        PathSerializer(Config config, Class<Path> type) {
            super(config, type, false, true);
        }

        @Override
        public void write(WriteContext context, Path path) {
            context.writeString(path.toString());
        }

        @Override
        public Path read(ReadContext context) {
            return Path.of(context.readString());
        }
    }

    /** Lets no value of a class pass, in either direction. */
    private static final class Refused<T> extends Serializer<T> {
        private final String message;

        Refused(Config config, Class<T> type) {
            super(config, type, false, true);
            message = type + " is not registered";
        }

        @Override
        public void write(WriteContext context, T value) {
            throw new InsecureException(message);
        }

        @Override
        public T read(ReadContext context) {
            throw new InsecureException(message);
        }
    }

    /** The root of every payload, so that {@link EnvelopeSerializer} is asked first. */
    private record Envelope(@Nullable Object value) {}

    /** Bounds what a payload may make its reader take by the length of the payload, before anything of it is read. */
    private static final class EnvelopeSerializer extends Serializer<Envelope> {
        EnvelopeSerializer(Config config) {
            super(config, Envelope.class, false, true);
        }

        @Override
        public void write(WriteContext context, Envelope envelope) {
            context.writeRef(envelope.value());
        }

        @Override
        public Envelope read(ReadContext context) {
            long allowed =
                    FIXED_BYTES + (long) BYTES_PER_BYTE * context.getBuffer().remaining();
            context.reserveGraphMemory(Math.max(0, MOST_BYTES - allowed));
            return new Envelope(context.readRef());
        }
    }
}
