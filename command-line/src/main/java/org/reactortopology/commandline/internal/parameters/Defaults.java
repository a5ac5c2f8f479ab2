package org.reactortopology.commandline.internal.parameters;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.reactortopology.job.Topologies;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a record says of its own defaults: a static method {@code defaults()} without arguments that returns the record. What it leaves null has no
 * default.
 */
final class Defaults {

    private Defaults() {}

    /** Gives every component that the tree lacks the value of the record's defaults; records within likewise. */
    static void fill(JavaType record, ObjectNode tree) {
        ObjectNode defaults = of(record.getRawClass());
        Shape.components(record).forEach((name, child) -> {
            JsonNode given = tree.get(name);
            JsonNode byDefault = defaults == null ? null : defaults.get(name);
            if (given == null && byDefault != null && !byDefault.isNull()) {
                tree.set(name, byDefault);
            } else if (given instanceof ObjectNode inner && byDefault instanceof ObjectNode innerDefaults) {
                innerDefaults
                        .propertyStream()
                        .filter(part -> !inner.has(part.getKey()))
                        .forEach(part -> inner.set(part.getKey(), part.getValue()));
            }
            if (Shape.isRecord(Shape.bare(child)) && tree.get(name) instanceof ObjectNode inner) {
                fill(Shape.bare(child), inner);
            } else if (Shape.isRecord(child) && !tree.has(name)) {
                fillAbsent(name, child, tree);
            }
        });
    }

    private static void fillAbsent(String name, JavaType child, ObjectNode tree) {
        ObjectNode byDefault = of(child.getRawClass());
        if (byDefault != null) {
            tree.set(name, byDefault);
        }
    }

    private static @Nullable ObjectNode of(Class<?> record) {
        try {
            Method method = record.getDeclaredMethod("defaults");
            if (!Modifier.isStatic(method.getModifiers()) || method.getReturnType() != record) {
                return null;
            }
            method.setAccessible(true);
            Object defaults = method.invoke(null);
            return defaults != null && Topologies.json(defaults) instanceof ObjectNode json ? json : null;
        } catch (NoSuchMethodException e) {
            return null;
        } catch (InvocationTargetException e) {
            throw new ParameterException("defaults() of " + record.getName() + " threw " + e.getCause());
        } catch (IllegalAccessException e) {
            throw new ParameterException("defaults() of " + record.getName() + " cannot be called: " + e);
        }
    }
}
