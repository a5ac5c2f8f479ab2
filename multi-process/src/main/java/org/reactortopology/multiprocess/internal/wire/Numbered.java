package org.reactortopology.multiprocess.internal.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to the numbers by which items are named. They mostly follow each other, and go in about the order in which they came: in a table
 * with linear probing that puts neighbours side by side each removal would walk along all of them. So this one spreads them (Fibonacci hashing: Knuth, The
 * Art of Computer Programming, volume 3, section 6.4) and is at most half full. It grows to the most that it ever held. Not thread-safe.
 */
public final class Numbered<V> {

    private static final int LEAST_BITS = 4;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private int bits = LEAST_BITS;
    private long[] numbers = new long[1 << LEAST_BITS];

    /** Null where there is none. */
    private @Nullable Object[] values = new @Nullable Object[1 << LEAST_BITS];

    private int size;

    /** Makes an empty one. */
    public Numbered() {}

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** What belongs to the number, or null. */
    public @Nullable V get(long number) {
        return value(place(number));
    }

    /** Sets what belongs to the number, in place of what did. */
    public void put(long number, V value) {
        int at = place(number);
        if (values[at] == null) {
            if (2 * (size + 1) > values.length) {
                grow();
                at = place(number);
            }
            numbers[at] = number;
            size++;
        }
        values[at] = value;
    }

    /** Takes out what belongs to the number, or null if nothing does. */
    public @Nullable V remove(long number) {
        int gap = place(number);
        V removed = value(gap);
        if (removed == null) {
            return null;
        }
        size--;
        int mask = values.length - 1;
        // those behind that would not be found any more move up: who is looked for from before the gap
        for (int next = (gap + 1) & mask; values[next] != null; next = (next + 1) & mask) {
            int home = home(numbers[next]);
            if (((next - home) & mask) >= ((next - gap) & mask)) {
                numbers[gap] = numbers[next];
                values[gap] = values[next];
                gap = next;
            }
        }
        values[gap] = null;
        return removed;
    }

    /** Takes out all. */
    public void clear() {
        Arrays.fill(values, null);
        size = 0;
    }

    /** A copy of all, in no order. */
    public List<V> values() {
        List<V> all = new ArrayList<>(size);
        for (int at = 0; at < values.length; at++) {
            V value = value(at);
            if (value != null) {
                all.add(value);
            }
        }
        return all;
    }

    @SuppressWarnings("unchecked") // put lets nothing else in
    private @Nullable V value(int at) {
        return (V) values[at];
    }

    /** Where the number is, or is to be. */
    private int place(long number) {
        int mask = values.length - 1;
        int at = home(number);
        while (values[at] != null && numbers[at] != number) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int home(long number) {
        return (int) ((number * GOLDEN) >>> (Long.SIZE - bits));
    }

    private void grow() {
        long[] oldNumbers = numbers;
        @Nullable Object[] oldValues = values;
        bits++;
        numbers = new long[1 << bits];
        values = new @Nullable Object[1 << bits];
        for (int at = 0; at < oldValues.length; at++) {
            if (oldValues[at] != null) {
                int to = place(oldNumbers[at]);
                numbers[to] = oldNumbers[at];
                values[to] = oldValues[at];
            }
        }
    }
}
