package org.reactortopology.commandline.internal.parameters;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/** The types of parameters, with their type arguments. */
final class Shape {

    private static final TypeFactory TYPES = TypeFactory.createDefaultInstance();
    private static final Set<Class<?>> OPTIONAL_NUMBERS =
            Set.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private Shape() {}

    static JavaType of(java.lang.reflect.Type type) {
        return type instanceof JavaType known ? known : TYPES.constructType(type);
    }

    static boolean isRecord(JavaType type) {
        return type.getRawClass().isRecord();
    }

    static boolean isOptional(JavaType type) {
        return type.getRawClass() == Optional.class || OPTIONAL_NUMBERS.contains(type.getRawClass());
    }

    /** Without the {@code Optional} around it. */
    static JavaType bare(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == Optional.class) {
            return type.containedTypeOrUnknown(0);
        } else if (raw == OptionalInt.class) {
            return TYPES.constructType(int.class);
        } else if (raw == OptionalLong.class) {
            return TYPES.constructType(long.class);
        }
        return raw == OptionalDouble.class ? TYPES.constructType(double.class) : type;
    }

    /** Whether it holds elements: a list, a set or an array. */
    static boolean isList(JavaType type) {
        return type.isCollectionLikeType() || type.isArrayType();
    }

    /** Whether it is a map from names. */
    static boolean isMap(JavaType type) {
        return type.isMapLikeType() && type.getKeyType().hasRawClass(String.class);
    }

    static JavaType element(JavaType type) {
        return Objects.requireNonNull(type.getContentType());
    }

    /** The components of a record, in their order. */
    static Map<String, JavaType> components(JavaType type) {
        Map<String, JavaType> components = new LinkedHashMap<>();
        for (RecordComponent component : type.getRawClass().getRecordComponents()) {
            components.put(
                    component.getName(), TYPES.resolveMemberType(component.getGenericType(), type.getBindings()));
        }
        return components;
    }

    /** For people: {@code List<Path>}. */
    static String name(JavaType type) {
        if (type.isArrayType()) {
            return name(element(type)) + "[]";
        }
        StringBuilder name = new StringBuilder(type.getRawClass().getSimpleName());
        for (int i = 0; i < type.containedTypeCount(); i++) {
            name.append(i == 0 ? "<" : ", ").append(name(type.containedTypeOrUnknown(i)));
        }
        return name.append(type.containedTypeCount() == 0 ? "" : ">").toString();
    }
}
