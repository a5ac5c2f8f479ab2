package org.reactortopology.examples.piv.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Decodes what cameras write as BMP (Windows 3 bitmap): 8 bit with a palette of 256 greys, not compressed. A worker that reads no other images never loads the
 * readers of the JDK, which takes longer than to read many of them. Everything else, damaged files included, is left to those, so that there is one place that
 * says what is wrong with a file.
 */
final class GreyBmp {

    private static final int FILE_HEADER_BYTES = 14;
    private static final int INFO_HEADER_BYTES = 40;
    private static final int LEVELS = 256;
    private static final int ENTRY_BYTES = 4;

    private GreyBmp() {}

    /** The image, or nothing if the bytes are not a whole file of that kind. */
    static Optional<GreyImage> decode(byte[] bytes, long maxPixels) {
        if (bytes.length < FILE_HEADER_BYTES + INFO_HEADER_BYTES || bytes[0] != 'B' || bytes[1] != 'M') {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int data = in.getInt(10);
        int width = in.getInt(18);
        int height = in.getInt(22); // below zero if the uppermost row comes first
        boolean plain = in.getInt(14) == INFO_HEADER_BYTES
                && in.getShort(26) == 1
                && in.getShort(28) == Byte.SIZE
                && in.getInt(30) == 0;
        int entries = in.getInt(46) == 0 ? LEVELS : in.getInt(46);
        long rows = Math.abs((long) height);
        long stride = (width + 3L) & ~3L;
        if (!plain
                || width < 1
                || rows < 1
                || width * rows > maxPixels
                || entries != LEVELS
                || data < FILE_HEADER_BYTES + INFO_HEADER_BYTES + ENTRY_BYTES * LEVELS
                || bytes.length - data < stride * rows) {
            return Optional.empty();
        }
        float[] levels = levels(bytes);
        return levels.length == 0
                ? Optional.empty()
                : Optional.of(new GreyImage(width, (int) rows, pixels(bytes, data, width, height, levels)));
    }

    /** Grey level of each entry of the palette; none at all if one is a colour. */
    private static float[] levels(byte[] bytes) {
        float[] levels = new float[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            int at = FILE_HEADER_BYTES + INFO_HEADER_BYTES + ENTRY_BYTES * i;
            levels[i] = bytes[at] & 0xff;
            if (bytes[at] != bytes[at + 1] || bytes[at] != bytes[at + 2]) {
                return new float[0];
            }
        }
        return levels;
    }

    private static float[] pixels(byte[] bytes, int data, int width, int height, float[] levels) {
        int rows = Math.abs(height);
        int stride = (width + 3) & ~3;
        float[] pixels = new float[width * rows];
        for (int y = 0; y < rows; y++) {
            row(bytes, data + (height > 0 ? rows - 1 - y : y) * stride, pixels, y * width, width, levels);
        }
        return pixels;
    }

    private static void row(byte[] bytes, int from, float[] pixels, int to, int width, float[] levels) {
        for (int x = 0; x < width; x++) {
            pixels[to + x] = levels[bytes[from + x] & 0xff];
        }
    }
}
