package org.reactortopology.commandline.internal.parameters;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of a factory as JSON, put together of what a person typed, a file and the defaults of the record, in this order of precedence. All that
 * is wrong is said at once.
 */
public final class ParameterTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JavaType type;
    private final List<String> problems = new ArrayList<>();
    private final List<String> refused = new ArrayList<>(); // names whose value does not fit: they are not missing, too
    private final ObjectNode tree = NODES.objectNode();

    private ParameterTree(JavaType type) {
        this.type = type;
    }

    /**
     * The JSON of parameters of that type, its paths made absolute.
     *
     * @param typed {@code name=value} each; {@code a.b=value} names component b of record a; a list takes values with commas, or the same name again
     * @param file what a file gives for the rest; null without one
     * @param subject what takes the parameters, for messages
     * @throws ParameterException if names are unknown, values do not fit, or components without a default are missing
     */
    public static JsonNode of(
            java.lang.reflect.Type type, Collection<String> typed, @Nullable JsonNode file, String subject) {
        JavaType shape = Shape.of(type);
        if (!Shape.isRecord(shape)) {
            if (file != null && typed.isEmpty()) {
                return AbsolutePaths.in(shape, file.deepCopy());
            }
            throw new ParameterException(subject + " takes a " + Shape.name(shape)
                    + ", which is no record with names: give it as JSON by --params FILE, without --param");
        }
        ParameterTree made = new ParameterTree(shape);
        if (file instanceof ObjectNode given) {
            made.tree.setAll(given.deepCopy());
            made.refuseUnknown(shape, made.tree, "");
        } else if (file != null) {
            throw new ParameterException("--params holds no JSON object: write {\"name\": value, ...}");
        }
        made.take(typed);
        Defaults.fill(shape, made.tree);
        made.requireAll();
        if (!made.problems.isEmpty()) {
            throw new ParameterException(String.join(System.lineSeparator(), made.problems));
        }
        return AbsolutePaths.in(shape, made.tree);
    }

    private void take(Collection<String> typed) {
        List<String> begun = new ArrayList<>(); // lists that the typed values have replaced already
        for (String pair : typed) {
            int sign = pair.indexOf('=');
            if (sign <= 0) {
                problems.add("--param '" + pair + "' has no name or no value: write --param name=value");
            } else {
                take(pair.substring(0, sign), pair.substring(sign + 1), begun);
            }
        }
    }

    private void take(String name, String value, List<String> begun) {
        ObjectNode parent = tree;
        JavaType at = type;
        String[] path = name.split("\\.", -1);
        for (int i = 0; i < path.length; i++) {
            JavaType child = childOf(at, path[i], String.join(".", List.of(path).subList(0, i)));
            if (child == null) {
                return;
            }
            at = Shape.bare(child);
            if (i < path.length - 1) {
                parent = parent.get(path[i]) instanceof ObjectNode inner ? inner : parent.putObject(path[i]);
            }
        }
        try {
            put(parent, path[path.length - 1], at, value, begun.contains(name));
            begun.add(name);
        } catch (ParameterException e) {
            refused.add(name);
            problems.add("parameter '" + name + "' (" + Shape.name(at) + ") " + e.getMessage());
        }
    }

    private void put(ObjectNode parent, String last, JavaType at, String value, boolean again) {
        if (Shape.isRecord(at) || Shape.isMap(at)) {
            throw new ParameterException("has parts: write --param "
                    + (Shape.isMap(at)
                            ? last + ".KEY"
                            : last + "."
                                    + Shape.components(at).keySet().stream()
                                            .findFirst()
                                            .orElse("NAME"))
                    + "=value, or give it by --params FILE");
        } else if (!Shape.isList(at)) {
            if (again) {
                throw new ParameterException("is given twice: give one value");
            }
            parent.set(last, SimpleValues.parse(at.getRawClass(), value));
            return;
        }
        JavaType element = Shape.element(at);
        if (Shape.isRecord(element) || Shape.isList(element) || Shape.isMap(element)) {
            throw new ParameterException("is a list of things with parts: give it by --params FILE");
        }
        ArrayNode list = again && parent.get(last) instanceof ArrayNode begun ? begun : parent.putArray(last);
        if (!value.isEmpty()) {
            for (String part : value.split(",", -1)) {
                list.add(SimpleValues.parse(element.getRawClass(), part));
            }
        }
    }

    /** The type of a part, or null if there is no such part, which is a problem. */
    private @Nullable JavaType childOf(JavaType parent, String name, String path) {
        if (Shape.isMap(parent)) {
            return Shape.element(parent);
        }
        Map<String, JavaType> components = Shape.isRecord(parent) ? Shape.components(parent) : Map.of();
        JavaType child = components.get(name);
        if (child == null) {
            unknown(path.isEmpty() ? name : path + "." + name, name, components, path);
        }
        return child;
    }

    private void unknown(String full, String name, Map<String, JavaType> components, String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        String meant = Closest.to(name, components.keySet())
                .map(closest -> ": did you mean '" + prefix + closest + "'?")
                .orElse("");
        String known = components.isEmpty() ? "; '" + path + "' has no parts" : "; there are " + described(components);
        problems.add("there is no parameter '" + full + "'" + meant + known);
    }

    private void refuseUnknown(JavaType record, ObjectNode given, String path) {
        Map<String, JavaType> components = Shape.components(record);
        given.propertyNames().forEach(name -> {
            JavaType child = components.get(name);
            if (child == null) {
                unknown(path.isEmpty() ? name : path + "." + name, name, components, path);
            } else if (Shape.isRecord(Shape.bare(child)) && given.get(name) instanceof ObjectNode inner) {
                refuseUnknown(Shape.bare(child), inner, path.isEmpty() ? name : path + "." + name);
            }
        });
    }

    private void requireAll() {
        Map<String, JavaType> missing = new LinkedHashMap<>();
        collectMissing(type, tree, "", missing);
        missing.keySet().removeAll(refused);
        if (!missing.isEmpty()) {
            problems.add(
                    (missing.size() == 1 ? "a parameter is missing: " : missing.size() + " parameters are missing: ")
                            + described(missing) + ": give each by --param name=value, or by --params FILE");
        }
    }

    private static void collectMissing(JavaType record, ObjectNode given, String path, Map<String, JavaType> missing) {
        Shape.components(record).forEach((name, child) -> {
            JsonNode value = given.get(name);
            JavaType bare = Shape.bare(child);
            if (value == null || value.isNull()) {
                if (Shape.isRecord(child)) {
                    collectMissing(child, NODES.objectNode(), path + name + ".", missing);
                } else if (!Shape.isOptional(child)) {
                    missing.put(path + name, child);
                }
            } else if (Shape.isRecord(bare) && value instanceof ObjectNode inner) {
                collectMissing(bare, inner, path + name + ".", missing);
            }
        });
    }

    private static String described(Map<String, JavaType> components) {
        return components.entrySet().stream()
                .map(component -> "'" + component.getKey() + "' (" + Shape.name(component.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }
}
