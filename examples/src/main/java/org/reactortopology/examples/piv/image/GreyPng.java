package org.reactortopology.examples.piv.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes what cameras write as PNG (ISO/IEC 15948): grey, 8 or 16 bit, not interlaced. The reader of the JDK takes several times as long for 16 bit.
 * Everything else, damaged files included, is left to it, so that there is one place that says what is wrong with a file.
 */
final class GreyPng {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int HEADER_BYTES = 13;

    /** Type, length and checksum. */
    private static final int CHUNK_FRAME = 12;

    /** Chunks that change no grey level. */
    private static final Set<String> HARMLESS = Set.of("tEXt", "zTXt", "iTXt", "tIME", "pHYs", "gAMA", "sBIT", "bKGD");

    private GreyPng() {}

    /** The image, or nothing if the bytes are not a whole and undamaged file of that kind. */
    static Optional<GreyImage> decode(byte[] bytes, long maxPixels) {
        if (bytes.length < SIGNATURE.length + CHUNK_FRAME + HEADER_BYTES
                || !Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).position(SIGNATURE.length + 8);
        int width = in.getInt();
        int height = in.getInt();
        int bits = in.get();
        // grey, and the one method each of compressing, filtering and putting the rows in order that is supported here
        boolean plain = in.getInt() == 0;
        if (!plain || (bits != 8 && bits != 16) || width < 1 || height < 1 || (long) width * height > maxPixels / 2) {
            return Optional.empty();
        }
        byte[] compressed = data(bytes);
        int bytesPerPixel = bits / 8;
        byte[] rows = new byte[(width * bytesPerPixel + 1) * height];
        return compressed.length > 0
                        && inflate(compressed, rows)
                        && unfilter(rows, width * bytesPerPixel, height, bytesPerPixel)
                ? Optional.of(new GreyImage(width, height, levels(rows, width, height, bytesPerPixel)))
                : Optional.empty();
    }

    /** What the IDAT chunks hold, or no bytes if anything else than such and harmless chunks stands in the file. */
    private static byte[] data(byte[] bytes) {
        ByteArrayOutputStream data = new ByteArrayOutputStream(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int at = SIGNATURE.length;
        while (at <= bytes.length - CHUNK_FRAME) {
            int length = in.getInt(at);
            if (length < 0 || length > bytes.length - at - CHUNK_FRAME) {
                return new byte[0];
            }
            CRC32 check = new CRC32();
            check.update(bytes, at + 4, length + 4);
            String type = new String(bytes, at + 4, 4, StandardCharsets.US_ASCII);
            boolean first = at == SIGNATURE.length;
            if (in.getInt(at + 8 + length) != (int) check.getValue() || first != type.equals("IHDR")) {
                return new byte[0];
            } else if (type.equals("IEND")) {
                return data.toByteArray();
            } else if (type.equals("IDAT")) {
                data.write(bytes, at + 8, length);
            } else if (!first && !HARMLESS.contains(type)) {
                return new byte[0];
            }
            at += length + CHUNK_FRAME;
        }
        return new byte[0];
    }

    /** Whether the data filled the rows exactly. */
    private static boolean inflate(byte[] compressed, byte[] rows) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            int filled = 0;
            while (filled < rows.length) {
                int count = inflater.inflate(rows, filled, rows.length - filled);
                if (count == 0) {
                    return false;
                }
                filled += count;
            }
            return true;
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }

    /** Takes the filters back in place, row by row; false if one is of an unknown type. */
    private static boolean unfilter(byte[] rows, int rowBytes, int height, int distance) {
        byte[] above = new byte[rowBytes];
        byte[] row = new byte[rowBytes];
        for (int y = 0; y < height; y++) {
            int start = y * (rowBytes + 1);
            System.arraycopy(rows, start + 1, row, 0, rowBytes);
            switch (rows[start]) {
                case 0 -> {}
                case 1 -> left(row, distance);
                case 2 -> up(row, above);
                case 3 -> average(row, above, distance);
                case 4 -> paeth(row, above, distance);
                default -> {
                    return false;
                }
            }
            System.arraycopy(row, 0, rows, start + 1, rowBytes);
            byte[] next = above;
            above = row;
            row = next;
        }
        return true;
    }

    // Each byte of a pixel by itself: what came before it stays in a register, and no time goes into unrolling the
    // loop.

    private static void left(byte[] row, int distance) {
        for (int first = 0; first < distance; first++) {
            int before = 0;
            for (int i = first; i < row.length; i += distance) {
                before += row[i];
                row[i] = (byte) before;
            }
        }
    }

    private static void up(byte[] row, byte[] above) {
        for (int i = 0; i < row.length; i++) {
            row[i] += above[i];
        }
    }

    private static void average(byte[] row, byte[] above, int distance) {
        for (int first = 0; first < distance; first++) {
            int before = 0;
            for (int i = first; i < row.length; i += distance) {
                before = (row[i] + ((before + (above[i] & 0xff)) >> 1)) & 0xff;
                row[i] = (byte) before;
            }
        }
    }

    private static void paeth(byte[] row, byte[] above, int distance) {
        for (int first = 0; first < distance; first++) {
            int a = 0;
            int c = 0;
            for (int i = first; i < row.length; i += distance) {
                int b = above[i] & 0xff;
                int fromA = Math.abs(b - c);
                int fromB = Math.abs(a - c);
                int fromC = Math.abs(a + b - 2 * c);
                int best = fromA <= fromB && fromA <= fromC ? a : fromB <= fromC ? b : c;
                a = (row[i] + best) & 0xff;
                row[i] = (byte) a;
                c = b;
            }
        }
    }

    private static float[] levels(byte[] rows, int width, int height, int bytesPerPixel) {
        float[] levels = new float[width * height];
        for (int y = 0; y < height; y++) {
            int from = y * (width * bytesPerPixel + 1) + 1;
            int to = y * width;
            for (int x = 0; x < width; x++) {
                levels[to + x] = bytesPerPixel == 1
                        ? rows[from + x] & 0xff
                        : ((rows[from + 2 * x] & 0xff) << 8) | (rows[from + 2 * x + 1] & 0xff);
            }
        }
        return levels;
    }
}
