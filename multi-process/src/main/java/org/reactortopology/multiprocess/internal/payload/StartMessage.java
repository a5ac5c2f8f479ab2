package org.reactortopology.multiprocess.internal.payload;

import java.util.Map;
import org.reactortopology.TopologyException;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
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
 * @param holdNanos how long the worker may hold an outcome while more items are there
 * @param traced whether outcomes are to tell what their items went through
 * @param given by name, the values that works need and that the coordinator computed, encoded by the codec
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
        long byteCredit,
        long holdNanos,
        boolean traced,
        Map<String, byte[]> given) {

    private static final ObjectMapper MAPPER = CBORMapper.builder()
            .addModule(PathText.module())
            .addModule(OriginTree.module())
            .build();

    /** The same message with those values. */
    public StartMessage giving(Map<String, byte[]> values) {
        return new StartMessage(
                factory,
                paramsType,
                params,
                fingerprint,
                codec,
                threads,
                maxItemBytes,
                itemCredit,
                byteCredit,
                holdNanos,
                traced,
                Map.copyOf(values));
    }

    /** The message as CBOR. */
    public byte[] encode() {
        return MAPPER.writeValueAsBytes(this);
    }

    /**
     * Reads what {@link #encode} made.
     *
     * @throws ProtocolException if the bytes are not that
     */
    public static StartMessage decode(byte[] bytes) {
        StartMessage message;
        try {
            message = MAPPER.readValue(bytes, StartMessage.class);
        } catch (JacksonException e) {
            throw new ProtocolException(
                    "a START of " + bytes.length + " bytes cannot be read: " + e.getOriginalMessage());
        }
        if (message == null) {
            throw new ProtocolException("a START of " + bytes.length + " bytes is null");
        }
        return message;
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
}
