package org.reactortopology.test;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A hash of what a value holds, which is another one when that has changed. */
final class ValueFingerprint {

    private ValueFingerprint() {}

    static long of(@Nullable Object value) {
        if (value == null) {
            return 0;
        } else if (value.getClass().isArray()) {
            return array(value);
        } else if (value instanceof Record record) {
            return record(record);
        } else if (value instanceof Optional<?> optional) {
            return 31 * of(optional.orElse(null)) + 1;
        } else if (value instanceof List<?> list) {
            long hash = 1;
            for (Object each : list) {
                hash = mixed(hash, of(each));
            }
            return hash;
        } else if (value instanceof Collection<?> unordered) {
            return unordered.stream().mapToLong(each -> mixed(7, of(each))).sum();
        } else if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .mapToLong(entry -> mixed(of(entry.getKey()), of(entry.getValue())))
                    .sum();
        }
        return other(value);
    }

    private static long array(Object array) {
        long hash = array.getClass().getName().hashCode();
        if (array instanceof byte[] bytes) {
            return mixed(hash, Arrays.hashCode(bytes));
        }
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            hash = mixed(hash, of(Array.get(array, i)));
        }
        return mixed(hash, length);
    }

    private static long record(Record record) {
        long hash = record.getClass().getName().hashCode();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                hash = mixed(hash, of(component.getAccessor().invoke(record)));
            } catch (ReflectiveOperationException | RuntimeException e) {
                return mixed(hash, record.hashCode()); // it does not let itself be looked into
            }
        }
        return hash;
    }

    /** Identity tells nothing of contents, so what has no hash of its own is hashed as it would be written. */
    private static long other(Object value) {
        if (hasOwnHash(value.getClass()) || !(value instanceof Serializable serializable)) {
            return value.hashCode();
        }
        try {
            return Arrays.hashCode(ValueCopy.bytes(serializable));
        } catch (IllegalArgumentException e) { // the copying tells
            return value.hashCode();
        }
    }

    private static boolean hasOwnHash(Class<?> type) {
        try {
            return !type.getMethod("hashCode").getDeclaringClass().equals(Object.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every object has hashCode", e);
        }
    }

    private static long mixed(long hash, long next) {
        return (hash ^ next) * 0x9E3779B97F4A7C15L + Long.rotateLeft(next, 31);
    }
}
