package org.reactortopology.test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Copies a value with all that it holds, as a codec between processes does. */
final class ValueCopy {

    private ValueCopy() {}

    /** Throws an IllegalArgumentException, with what to do, for a value that it cannot copy. */
    static Object of(Object value) {
        if (isImmutable(value)) {
            return value;
        } else if (value.getClass().isArray()) {
            return array(value);
        } else if (value instanceof Record record) {
            return record(record);
        } else if (value instanceof Optional<?> optional) {
            return optional.map(ValueCopy::of);
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(nullable(each)));
            return copy;
        } else if (value instanceof Set<?> set) {
            return set(set);
        } else if (value instanceof Map<?, ?> map) {
            return map(map);
        } else if (value instanceof Serializable serializable) {
            return serialized(serializable);
        }
        throw new IllegalArgumentException(value.getClass().getName()
                + " is neither a record nor Serializable: make it one, or give the strict executor a copier(…)");
    }

    /** What the JDK never changes, and throwables, which executors pass on in their own way. */
    private static boolean isImmutable(Object value) {
        return value instanceof String
                || (value instanceof Number && value.getClass().getName().matches("java\\.(lang|math)\\..*"))
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof Path
                || value instanceof Class<?>
                || value instanceof Throwable
                || value.getClass().getName().startsWith("java.time.");
    }

    private static @Nullable Object nullable(@Nullable Object value) {
        return value == null ? null : of(value);
    }

    private static Object array(Object array) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        if (array instanceof Object[] values) {
            for (int i = 0; i < length; i++) {
                Array.set(copy, i, nullable(values[i]));
            }
        } else {
            System.arraycopy(array, 0, copy, 0, length);
        }
        return copy;
    }

    private static Object record(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                components[i].getAccessor().setAccessible(true);
                values[i] = nullable(components[i].getAccessor().invoke(record));
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "record " + record.getClass().getName() + " cannot be made of its components again: "
                            + (e.getCause() == null ? e : e.getCause()),
                    e);
        }
    }

    private static Object set(Set<?> set) {
        @SuppressWarnings("unchecked") // its comparator compares its elements
        Set<@Nullable Object> copy = set instanceof SortedSet<?> sorted
                ? new TreeSet<>(((SortedSet<Object>) sorted).comparator())
                : new LinkedHashSet<>();
        set.forEach(each -> copy.add(nullable(each)));
        return copy;
    }

    private static Object map(Map<?, ?> map) {
        @SuppressWarnings("unchecked") // its comparator compares its keys
        Map<@Nullable Object, @Nullable Object> copy = map instanceof SortedMap<?, ?> sorted
                ? new TreeMap<>(((SortedMap<Object, Object>) sorted).comparator())
                : new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(nullable(key), nullable(value)));
        return copy;
    }

    static byte[] bytes(Serializable value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (NotSerializableException e) {
            throw new IllegalArgumentException(
                    value.getClass().getName() + " is Serializable, but it holds a " + e.getMessage()
                            + ", which is not: change that, or give the strict executor a copier(…)",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(value.getClass().getName() + " cannot be serialized: " + e, e);
        }
        return bytes.toByteArray();
    }

    private static Object serialized(Serializable value) {
        ClassLoader loader = value.getClass().getClassLoader();
        try (ObjectInputStream in = new LoaderStream(new ByteArrayInputStream(bytes(value)), loader)) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalArgumentException(value.getClass().getName() + " cannot be deserialized: " + e, e);
        }
    }

    /** Finds classes where the value's own class was found. */
    private static final class LoaderStream extends ObjectInputStream {

        private final @Nullable ClassLoader loader;

        LoaderStream(InputStream in, @Nullable ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(described.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(described);
            }
        }
    }
}
