package org.reactortopology.multiprocess.internal.payload;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.reactortopology.TopologyException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * What a worker needs to build the topology; CBOR on the wire.
 *
 * @param factory class name of the topology's factory
 * @param paramsType class name of the factory's parameters
 * @param params the parameters as a tree
 * @param fingerprint of the topology as the coordinator built it
 * @param codec class name of the {@link org.reactortopology.multiprocess.CodecFactory}
 * @param threads cpu threads of the slice
 * @param maxItemBytes largest encoded value that may cross
 * @param itemCredit items that the worker takes before it sends outcomes
 * @param byteCredit their bytes
 */
public record StartMessage(
        String factory,
        String paramsType,
        JsonNode params,
        String fingerprint,
        String codec,
        int threads,
        int maxItemBytes,
        int itemCredit,
        long byteCredit) {

    private static final ObjectMapper MAPPER = CBORMapper.builder()
            .addModule(new SimpleModule("paths")
                    .addSerializer(Path.class, new PathWriter())
                    .addDeserializer(Path.class, new PathReader()))
            .build();

    /** The message as CBOR. */
    public byte[] encode() {
        return MAPPER.writeValueAsBytes(this);
    }

    /** Reads what {@link #encode} made. */
    public static StartMessage decode(byte[] bytes) {
        return MAPPER.readValue(bytes, StartMessage.class);
    }

    /**
     * A factory's parameters as a tree.
     *
     * @throws TopologyException if they cannot be written and read back
     */
    public static JsonNode tree(Object params) {
        try {
            JsonNode tree = MAPPER.valueToTree(params);
            MAPPER.treeToValue(tree, params.getClass());
            return tree;
        } catch (JacksonException e) {
            throw new TopologyException(
                    "the parameters of class " + params.getClass().getName() + " cannot be sent to a worker ("
                            + e.getOriginalMessage()
                            + "): make them a record of simple values, paths, lists and further records",
                    e);
        }
    }

    /** The parameters again. */
    public Object paramsAs(Class<?> type) {
        return MAPPER.treeToValue(params, type);
    }

    /** A path as its text, so that a relative one stays relative; Jackson's own way is an absolute URI. */
    private static final class PathWriter extends ValueSerializer<Path> {
        @Override
        public void serialize(Path path, JsonGenerator out, SerializationContext context) {
            if (!path.getFileSystem().equals(FileSystems.getDefault())) {
                context.reportBadDefinition(
                        Path.class, "path " + path + " is not of the default file system, which is all a worker sees");
            }
            out.writeString(path.toString());
        }
    }

    private static final class PathReader extends ValueDeserializer<Path> {
        @Override
        public Path deserialize(JsonParser in, DeserializationContext context) {
            return Path.of(in.getString());
        }
    }
}
