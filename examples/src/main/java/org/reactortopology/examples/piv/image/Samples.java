package org.reactortopology.examples.piv.image;

import java.nio.ByteOrder;

/** Samples of a file as grey levels. */
final class Samples {

    private Samples() {}

    /** Those of 8 bit, one behind the other. */
    static void ofBytes(byte[] bytes, int from, float[] levels, int to, int count) {
        for (int i = 0; i < count; i++) {
            levels[to + i] = bytes[from + i] & 0xff;
        }
    }

    /** Those of 16 bit, one behind the other. */
    static void ofShorts(byte[] bytes, int from, ByteOrder order, float[] levels, int to, int count) {
        int high = order == ByteOrder.BIG_ENDIAN ? from : from + 1;
        int low = order == ByteOrder.BIG_ENDIAN ? from + 1 : from;
        for (int i = 0; i < count; i++) {
            levels[to + i] = (bytes[high + 2 * i] & 0xff) << 8 | (bytes[low + 2 * i] & 0xff);
        }
    }
}
