package org.reactortopology.multiprocess.internal.payload;

import org.reactortopology.TopologyOrigin;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes the origin of a topology that stands in the parameters of another one's, as a factory that changes what another factory builds has it: names of the classes, and the
 * parameters as a tree of their own. Names a class no more freely than the start message itself does.
 */
final class OriginTree {

    private static final String FACTORY = "factory";
    private static final String TYPE = "paramsType";
    private static final String PARAMS = "params";

    private OriginTree() {}

    static JacksonModule module() {
        return new SimpleModule("origins of topologies")
                .addSerializer(TopologyOrigin.class, new Writer())
                .addDeserializer(TopologyOrigin.class, new Reader());
    }

    private static final class Writer extends StdSerializer<TopologyOrigin> {
        Writer() {
            super(TopologyOrigin.class);
        }

        @Override
        public void serialize(TopologyOrigin origin, JsonGenerator out, SerializationContext context) {
            out.writeStartObject(origin);
            out.writeStringProperty(FACTORY, origin.factory().getName());
            out.writeStringProperty(TYPE, origin.params().getClass().getName());
            context.defaultSerializeProperty(PARAMS, origin.params(), out);
            out.writeEndObject();
        }
    }

    private static final class Reader extends StdDeserializer<TopologyOrigin> {
        Reader() {
            super(TopologyOrigin.class);
        }

        @Override
        public TopologyOrigin deserialize(JsonParser in, DeserializationContext context) {
            JsonNode tree = context.readTree(in);
            try {
                Class<?> factory = Class.forName(tree.path(FACTORY).asString());
                Class<?> type = Class.forName(tree.path(TYPE).asString());
                return new TopologyOrigin(factory, context.readTreeAsValue(tree.path(PARAMS), type));
            } catch (ClassNotFoundException e) {
                return context.reportInputMismatch(this, "no class %s", e.getMessage());
            }
        }
    }
}
