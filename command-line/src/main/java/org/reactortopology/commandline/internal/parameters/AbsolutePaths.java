package org.reactortopology.commandline.internal.parameters;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the paths of parameters absolute, so that they name the same files when the job is resumed from another working directory. */
final class AbsolutePaths {

    private AbsolutePaths() {}

    /** The same value of that type with absolute paths; objects and lists are changed in place. */
    static JsonNode in(JavaType type, JsonNode value) {
        JavaType bare = Shape.bare(type);
        if (bare.hasRawClass(Path.class)) {
            return value.isString() ? absolute(value) : value;
        } else if (Shape.isRecord(bare) && value instanceof ObjectNode object) {
            Shape.components(bare).forEach((name, child) -> {
                JsonNode part = object.get(name);
                if (part != null) {
                    object.set(name, in(child, part));
                }
            });
        } else if (Shape.isMap(bare) && value instanceof ObjectNode object) {
            object.propertyNames().stream()
                    .toList()
                    .forEach(name -> object.set(name, in(Shape.element(bare), object.get(name))));
        } else if (Shape.isList(bare) && value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, in(Shape.element(bare), list.get(i)));
            }
        }
        return value;
    }

    private static JsonNode absolute(JsonNode path) {
        try {
            return JsonNodeFactory.instance.stringNode(
                    Path.of(path.stringValue()).toAbsolutePath().toString());
        } catch (InvalidPathException e) {
            return path; // refused where it is bound
        }
    }
}
