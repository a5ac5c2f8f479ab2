package org.reactortopology.examples.piv.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.reactortopology.AtomicFiles;

/** Writes grey images as 8-bit files. */
public final class GreyImageWriter {

    private GreyImageWriter() {}

    /**
     * Writes an image as 8-bit grey PNG or TIFF, by the ending of the file name. Grey levels are rounded and limited to
     * 0 to 255. An existing file is replaced in one step, and left as it is where it holds the same.
     *
     * @param image grey levels of 0 to 255
     * @param file its name ends in .png, .tif or .tiff
     * @throws IllegalArgumentException if the name has another ending
     * @throws IOException if the file cannot be written
     */
    public static void write8Bit(GreyImage image, Path file) throws IOException {
        byte[] bytes = encoded(toBytes(image), formatOf(file));
        if (!holds(file, bytes)) {
            AtomicFiles.write(file, temporary -> Files.write(temporary, bytes));
        }
    }

    private static boolean holds(Path file, byte[] bytes) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == bytes.length
                && Arrays.equals(Files.readAllBytes(file), bytes);
    }

    private static byte[] encoded(BufferedImage grey, String format) throws IOException {
        ImageWriter writer = ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(grey), format)
                .next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(new IIOImage(grey, null, null));
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static String formatOf(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            return "png";
        }
        if (name.endsWith(".tif") || name.endsWith(".tiff")) {
            return "tiff";
        }
        throw new IllegalArgumentException(
                "cannot write image '" + file + "': its ending names no known format; end it in .png, .tif or .tiff");
    }

    private static BufferedImage toBytes(GreyImage image) {
        BufferedImage grey = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] bytes = ((DataBufferByte) grey.getRaster().getDataBuffer()).getData();
        float[] pixels = image.pixels();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(Math.max(0, Math.min(255, pixels[i])));
        }
        return grey;
    }
}
