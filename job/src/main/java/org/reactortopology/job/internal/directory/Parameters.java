package org.reactortopology.job.internal.directory;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.nio.file.Path;
import org.reactortopology.TopologyFactory;
import org.reactortopology.job.JobException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Turns the parameters of a {@link TopologyFactory} into JSON and back: records by their components, paths as plain strings, durations and instants
 * as ISO 8601, enums by name, empty optionals as null. Equal parameters give equal JSON. Thread-safe.
 */
public final class Parameters {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule("paths")
                    .addSerializer(Path.class, new PathWriter())
                    .addDeserializer(Path.class, new PathReader()))
            // Only what a record holds: a method such as isEmpty() of the user's is none of its components.
            .changeDefaultVisibility(visibility -> visibility
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE)
                    .withFieldVisibility(Visibility.ANY))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .build();

    private Parameters() {}

    /**
     * The parameters as one line of JSON.
     *
     * @throws JobException if they hold what has no JSON
     */
    public static String toJson(Object params) {
        try {
            return MAPPER.writeValueAsString(params);
        } catch (JacksonException e) {
            throw unwritable(params, e);
        }
    }

    /**
     * The parameters as a tree.
     *
     * @throws JobException if they hold what has no JSON
     */
    public static JsonNode toTree(Object params) {
        try {
            return MAPPER.valueToTree(params);
        } catch (JacksonException e) {
            throw unwritable(params, e);
        }
    }

    /**
     * The parameters that the JSON holds, of the type that the factory takes.
     *
     * @throws JobException if the JSON does not fit that type
     */
    public static Object fromJson(Class<?> factory, String json) {
        try {
            return fromTree(factory, MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new JobException(
                    "the parameters of " + factory.getName() + " are no JSON: " + e.getOriginalMessage() + ": " + json,
                    e);
        }
    }

    /**
     * As {@link #fromJson}, of a tree.
     *
     * @throws JobException if the tree does not fit the type
     */
    public static Object fromTree(Class<?> factory, JsonNode tree) {
        JavaType type = typeOf(factory);
        try {
            Object params = MAPPER.treeToValue(tree, type);
            if (params != null) {
                return params;
            }
        } catch (JacksonException e) {
            throw new JobException(
                    "the parameters " + tree + " do not fit " + type.toCanonical() + ", which the factory "
                            + factory.getName() + " takes: " + e.getOriginalMessage()
                            + ": give the factory a type that holds what the job was begun with",
                    e);
        }
        throw new JobException("the factory " + factory.getName() + " takes " + type.toCanonical()
                + ", but its parameters are null: give it parameters");
    }

    /**
     * The type of the parameters that the factory takes: its type argument P.
     *
     * @throws JobException if the class is no factory
     */
    public static JavaType typeOf(Class<?> factory) {
        if (!TopologyFactory.class.isAssignableFrom(factory)) {
            throw new JobException("the class " + factory.getName() + " is no " + TopologyFactory.class.getSimpleName()
                    + ": name the class that implements it");
        }
        return MAPPER.constructType(factory).findTypeParameters(TopologyFactory.class)[0];
    }

    private static JobException unwritable(Object params, JacksonException cause) {
        return new JobException(
                "the parameters of class " + params.getClass().getName() + " cannot be written as JSON: "
                        + cause.getOriginalMessage()
                        + ": make them a record of simple values, paths, durations, enums, lists and further records",
                cause);
    }

    private static final class PathWriter extends StdSerializer<Path> {
        PathWriter() {
            super(Path.class);
        }

        @Override
        public void serialize(Path value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(value.toString());
        }
    }

    private static final class PathReader extends StdDeserializer<Path> {
        PathReader() {
            super(Path.class);
        }

        @Override
        public Path deserialize(JsonParser parser, DeserializationContext context) {
            return Path.of(parser.getValueAsString(""));
        }
    }
}
