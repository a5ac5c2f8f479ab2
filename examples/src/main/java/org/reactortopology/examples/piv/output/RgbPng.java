package org.reactortopology.examples.piv.output;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Pictures as PNG files (ISO/IEC 15948), 8 bit RGB, rows without a filter, compressed quickly. The writer of the JDK goes through a colour model and a
 * raster for each row, which takes it longer than the compression.
 */
final class RgbPng {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte BITS = 8;
    private static final byte RGB = 2;
    private static final int HEADER_BYTES = 13;

    private RgbPng() {}

    /**
     * Encodes a picture.
     *
     * @param pixels 0xRRGGBB, shape [height*width], row-major from the top-left pixel
     * @return the bytes of a PNG file
     */
    static byte[] encode(int[] pixels, int width, int height) {
        ByteArrayOutputStream png = new ByteArrayOutputStream(pixels.length);
        png.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putInt(width).putInt(height).put(BITS).put(RGB);
        chunk(png, "IHDR", header.array(), HEADER_BYTES);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            byte[] compressed = new byte[3 * pixels.length / 2 + 1024];
            deflater.setInput(rows(pixels, width, height));
            deflater.finish();
            while (!deflater.finished()) {
                chunk(png, "IDAT", compressed, deflater.deflate(compressed));
            }
        } finally {
            deflater.end();
        }
        chunk(png, "IEND", new byte[0], 0);
        return png.toByteArray();
    }

    /** Each row begins with the type of its filter, 0 for none. */
    private static byte[] rows(int[] pixels, int width, int height) {
        byte[] rows = new byte[Math.multiplyExact(height, 3 * width + 1)];
        int to = 0;
        for (int y = 0; y < height; y++) {
            to++;
            for (int i = y * width; i < (y + 1) * width; i++) {
                int rgb = pixels[i];
                rows[to] = (byte) (rgb >> 16);
                rows[to + 1] = (byte) (rgb >> 8);
                rows[to + 2] = (byte) rgb;
                to += 3;
            }
        }
        return rows;
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data, int length) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data, 0, length);
        png.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        png.writeBytes(name);
        png.write(data, 0, length);
        png.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) check.getValue())
                .array());
    }
}
