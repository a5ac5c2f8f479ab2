package org.reactortopology.multiprocess.internal.payload;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the classes that come along with those a topology names: components of records, what sealed types permit, enum constants. */
final class PayloadTypes {

    private PayloadTypes() {}

    /** The named classes and all that come along, ordered by name so that every process numbers them alike. */
    static List<Class<?>> closure(List<Class<?>> named) {
        Set<Class<?>> found = new LinkedHashSet<>();
        named.forEach(type -> add(type, found));
        List<Class<?>> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(Class::getName));
        return sorted;
    }

    private static void add(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            add(generic.getRawType(), found);
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> add(argument, found));
        } else if (type instanceof GenericArrayType array) {
            add(array.getGenericComponentType(), found);
        } else if (type instanceof Class<?> raw) {
            addClass(raw, found);
        }
    }

    private static void addClass(Class<?> type, Set<Class<?>> found) {
        if (type.isArray()) {
            add(type.getComponentType(), found);
        } else if (!type.isPrimitive() && !type.getName().startsWith("java.") && found.add(type)) {
            if (type.isRecord()) {
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .forEach(component -> add(component, found));
            }
            if (type.isSealed()) {
                Arrays.stream(type.getPermittedSubclasses()).forEach(permitted -> add(permitted, found));
            }
            Object[] constants = type.getEnumConstants();
            if (constants != null) {
                Arrays.stream(constants).map(Object::getClass).forEach(constant -> add(constant, found));
            }
        }
    }
}
