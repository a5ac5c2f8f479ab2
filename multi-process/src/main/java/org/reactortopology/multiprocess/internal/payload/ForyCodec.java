package org.reactortopology.multiprocess.internal.payload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;
import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.exception.ForyException;
import org.apache.fory.serializer.Serializer;
import org.reactortopology.Pair;
import org.reactortopology.multiprocess.Codec;
import org.reactortopology.multiprocess.PayloadException;

/**
 * Encodes with Apache Fory; only registered classes pass. Code generation is off: it costs each process time at its start
 * (ADR 0004).
 */
final class ForyCodec implements Codec {

    private final ThreadSafeFory fory;

    ForyCodec(List<Class<?>> types) {
        fory = Fory.builder()
                .withXlang(false)
                .requireClassRegistration(true)
                .withRefTracking(true)
                .withCodegen(false)
                .buildThreadSafeFory();
        registerPath();
        List<Class<?>> all = new ArrayList<>(types);
        all.add(Pair.class);
        PayloadTypes.closure(all).forEach(fory::register);
    }

    @Override
    public byte[] encode(Object value) {
        try {
            return fory.serialize(value);
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
        Object value;
        try {
            value = fory.deserialize(bytes);
        } catch (RuntimeException e) {
            throw new PayloadException(
                    "a payload of " + bytes.length + " bytes cannot be decoded: " + firstSentence(e), e);
        }
        if (value == null) {
            throw new PayloadException(
                    "a payload of " + bytes.length + " bytes decodes to null: values are never null");
        }
        return value;
    }

    @SuppressWarnings("unchecked") // every path of the default file system has this one class
    private void registerPath() {
        Class<Path> type = (Class<Path>) Path.of("").getClass();
        fory.registerSerializerAndType(type, resolver -> new PathSerializer(resolver.getConfig(), type));
    }

    private static String firstSentence(RuntimeException e) {
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
}
