package org.reactortopology.examples.piv.output;

import java.util.Arrays;

/** Bytes that grow by bits, the lowest first (RFC 1951, 3.1.1). One thread at a time. */
final class BitOutput {

    private byte[] bytes;
    private int size;
    private long pending;
    private int pendingBits;

    BitOutput(int bytes) {
        this.bytes = new byte[bytes];
    }

    /** Makes room, so that so many bits can be put. */
    void reserve(long bits) {
        long needed = size + Long.BYTES + bits / Byte.SIZE;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, 3L * bytes.length / 2)));
        }
    }

    /** Puts at most 32 bits, for which there is room; those above are 0. */
    void put(long value, int count) {
        pending |= value << pendingBits;
        pendingBits += count;
        if (pendingBits >= Integer.SIZE) {
            int word = (int) pending;
            bytes[size] = (byte) word;
            bytes[size + 1] = (byte) (word >> 8);
            bytes[size + 2] = (byte) (word >> 16);
            bytes[size + 3] = (byte) (word >> 24);
            size += Integer.BYTES;
            pending >>>= Integer.SIZE;
            pendingBits -= Integer.SIZE;
        }
    }

    /** Fills the last byte up; the next bit begins another. */
    void align() {
        for (; pendingBits > 0; pendingBits -= Byte.SIZE) {
            bytes[size++] = (byte) pending;
            pending >>>= Byte.SIZE;
        }
        pendingBits = 0;
    }

    /** What was put, up to the last whole byte; not a copy. */
    byte[] bytes() {
        return bytes;
    }

    /** How many of the bytes count. */
    int size() {
        return size;
    }
}
