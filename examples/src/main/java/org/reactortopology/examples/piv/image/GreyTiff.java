package org.reactortopology.examples.piv.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what cameras write as TIFF (revision 6.0): grey of 8 or 16 bit or a palette of greys, in strips, not compressed; of a file of many images the first. A
 * worker that reads no other images never loads the readers of the JDK, which takes longer than to read many of them. Everything else, damaged files included,
 * is left to those, so that there is one place that says what is wrong with a file.
 */
final class GreyTiff {

    private static final int ENTRY_BYTES = 12;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIPS = 273;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_BYTES = 279;
    private static final int PALETTE = 320;
    private static final int BLACK_IS_ZERO = 1;
    private static final int BY_PALETTE = 3;
    private static final int LEVELS = 256;

    /** Tags with the one value that is supported: compression, fill order, orientation, samples, planes, predictor, format. */
    private static final Map<Integer, Integer> ONLY =
            Map.of(254, 0, 255, 1, 259, 1, 266, 1, 274, 1, 277, 1, 284, 1, 317, 1, 339, 1);

    /** Tags that change no grey level: descriptions, resolution, software, date, people. */
    private static final Set<Integer> HARMLESS =
            Set.of(269, 270, 271, 272, 280, 281, 282, 283, 285, 286, 287, 296, 297, 305, 306, 315, 316, 33432);

    private static final Set<Integer> READ =
            Set.of(WIDTH, HEIGHT, BITS, PHOTOMETRIC, STRIPS, ROWS_PER_STRIP, STRIP_BYTES, PALETTE);

    private GreyTiff() {}

    /** The image, or nothing if the bytes are not a whole file of that kind. */
    static Optional<GreyImage> decode(byte[] bytes, long maxPixels) {
        try {
            return Optional.ofNullable(orderOf(bytes)).flatMap(order -> decode(bytes, order, maxPixels));
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty(); // it points beyond its end
        }
    }

    private static @Nullable ByteOrder orderOf(byte[] bytes) {
        if (bytes.length < 8) {
            return null;
        }
        boolean little = bytes[0] == 'I' && bytes[1] == 'I' && bytes[2] == 42 && bytes[3] == 0;
        boolean big = bytes[0] == 'M' && bytes[1] == 'M' && bytes[2] == 0 && bytes[3] == 42;
        return little ? ByteOrder.LITTLE_ENDIAN : big ? ByteOrder.BIG_ENDIAN : null;
    }

    private static Optional<GreyImage> decode(byte[] file, ByteOrder order, long maxPixels) {
        ByteBuffer in = ByteBuffer.wrap(file).order(order);
        Map<Integer, int[]> tags = tags(in);
        int width = one(tags, WIDTH);
        int height = one(tags, HEIGHT);
        int bits = one(tags, BITS);
        int kind = one(tags, PHOTOMETRIC);
        boolean palette = kind == BY_PALETTE && bits == Byte.SIZE;
        boolean plain = palette || (kind == BLACK_IS_ZERO && (bits == Byte.SIZE || bits == Short.SIZE));
        long most = Math.min(maxPixels / 2, file.length);
        if (!plain || width < 1 || height < 1 || (long) width * height > most) {
            return Optional.empty();
        }
        float[] levels = palette ? levels(tags.getOrDefault(PALETTE, new int[0])) : new float[LEVELS];
        float[] pixels = new float[width * height];
        if (levels.length == 0 || !readStrips(file, order, tags, width * (bits / Byte.SIZE), bits, pixels)) {
            return Optional.empty();
        }
        for (int i = 0; palette && i < pixels.length; i++) {
            pixels[i] = levels[(int) pixels[i]];
        }
        return Optional.of(new GreyImage(width, height, pixels));
    }

    /** The tags of whole numbers of the first image; none if there are others than supported. */
    private static Map<Integer, int[]> tags(ByteBuffer in) {
        int directory = in.getInt(4);
        Map<Integer, int[]> tags = new HashMap<>();
        for (int i = 0; i < (in.getShort(directory) & 0xffff); i++) {
            int at = directory + 2 + ENTRY_BYTES * i;
            int tag = in.getShort(at) & 0xffff;
            if (!HARMLESS.contains(tag)) {
                int[] values = values(in, at);
                Integer only = ONLY.get(tag);
                if (!READ.contains(tag) && (only == null || !Arrays.equals(values, new int[] {only}))) {
                    return Map.of();
                }
                tags.put(tag, values);
            }
        }
        return tags;
    }

    private static int[] values(ByteBuffer in, int at) {
        int type = in.getShort(at + 2);
        int bytes = type == SHORT ? Short.BYTES : Integer.BYTES;
        int count = in.getInt(at + 4);
        if ((type != SHORT && type != LONG) || count < 0 || count > in.capacity() / bytes) {
            return new int[0];
        }
        int from = (long) count * bytes <= Integer.BYTES ? at + 8 : in.getInt(at + 8);
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = type == SHORT ? in.getShort(from + i * bytes) & 0xffff : in.getInt(from + i * bytes);
        }
        return values;
    }

    /** The value of a tag that has one, else 0. */
    private static int one(Map<Integer, int[]> tags, int tag) {
        int[] values = tags.getOrDefault(tag, new int[0]);
        return values.length == 1 ? values[0] : 0;
    }

    /** Grey level of each entry of the palette; none at all if one is a colour. The file has 16 bit, the levels 8. */
    private static float[] levels(int[] palette) {
        float[] levels = new float[palette.length == 3 * LEVELS ? LEVELS : 0];
        for (int i = 0; i < levels.length; i++) {
            int red = palette[i] * 0xff / 0xffff;
            if (red != palette[LEVELS + i] * 0xff / 0xffff || red != palette[2 * LEVELS + i] * 0xff / 0xffff) {
                return new float[0];
            }
            levels[i] = red;
        }
        return levels;
    }

    /** Whether the strips are all there. */
    private static boolean readStrips(
            byte[] file, ByteOrder order, Map<Integer, int[]> tags, int rowBytes, int bits, float[] pixels) {
        int[] strips = tags.getOrDefault(STRIPS, new int[0]);
        int[] stripBytes = tags.getOrDefault(STRIP_BYTES, new int[0]);
        long left = (long) pixels.length * bits / Byte.SIZE;
        int rows = one(tags, ROWS_PER_STRIP);
        long most = rows < 1 ? left : (long) rows * rowBytes;
        int to = 0;
        for (int i = 0; i < Math.min(strips.length, stripBytes.length); i++) {
            int length = (int) Math.min(most, left);
            if (stripBytes[i] < length || strips[i] < 0 || strips[i] > file.length - length) {
                return false;
            }
            int samples = length / (bits / Byte.SIZE);
            if (bits == Byte.SIZE) {
                Samples.ofBytes(file, strips[i], pixels, to, samples);
            } else {
                Samples.ofShorts(file, strips[i], order, pixels, to, samples);
            }
            to += samples;
            left -= length;
        }
        return left == 0;
    }
}
