package org.reactortopology.examples.piv.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads TIFF, PNG, BMP and JPEG files as grey images through the readers of the JDK, and plain grey PNG by {@link GreyPng}. Grey levels keep their depth (8
 * or 16 bit); a palette of greys counts as grey; a colour image becomes its luminance, with a warning in the log.
 */
public final class GreyImageReader {

    /** Most pixels an image may have; a damaged header easily claims more than memory holds. */
    private static final long MAX_PIXELS = 1L << 28;

    private static final String FIX_DAMAGED = "the file is cut short or damaged, copy or record it again";

    private static final String FIX_UNDECODABLE =
            "if the file is cut short or damaged, copy or record it again, else save it as plain TIFF, PNG or BMP";

    private static final Logger LOG = LoggerFactory.getLogger(GreyImageReader.class);

    private GreyImageReader() {}

    /**
     * A decoded image.
     *
     * @param image the grey levels, in the units of the file
     * @param warning what the reader of the results should know about it, one line
     */
    public record Decoded(GreyImage image, Optional<String> warning) {}

    /**
     * Reads and decodes one file; a warning goes to the log. Blocks for the time of the disk and the decoder.
     *
     * @param file a TIFF, PNG, BMP or JPEG file; of a file of many images the first is read
     * @return the grey levels, in the units of the file
     * @throws UnreadableImageException if the file is missing, empty, cut short, damaged or of another format
     */
    public static GreyImage read(Path file) throws UnreadableImageException {
        Decoded decoded = decode(file, bytes(file));
        decoded.warning().ifPresent(LOG::warn);
        return decoded.image();
    }

    /**
     * Decodes the bytes of one file. Computes and does not block.
     *
     * @param file names the image in messages
     * @throws UnreadableImageException if the bytes are cut short, damaged or of another format
     */
    public static Decoded decode(Path file, byte[] bytes) throws UnreadableImageException {
        Optional<GreyImage> grey = GreyPng.decode(bytes, MAX_PIXELS);
        if (grey.isPresent()) {
            return new Decoded(grey.get(), Optional.empty());
        }
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new UnreadableImageException(
                        file, bytes.length + " bytes of no known image format", "give a TIFF, PNG, BMP or JPEG file");
            }
            ImageReader reader = readers.next();
            try {
                return decode(file, bytes, input, reader);
            } finally {
                reader.dispose();
            }
        } catch (UnreadableImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The JDK readers answer damaged input with whatever breaks first: IllegalArgumentException,
            // NegativeArraySizeException, IndexOutOfBoundsException, NullPointerException ...
            throw new UnreadableImageException(file, reasonOf(e), FIX_UNDECODABLE, e);
        }
    }

    /**
     * Reads the bytes of one file. Blocks for the time of the disk.
     *
     * @throws UnreadableImageException if the file is missing, empty or not readable
     */
    public static byte[] bytes(Path file) throws UnreadableImageException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UnreadableImageException(file, "no such file", "check the path", e);
        } catch (IOException e) {
            throw new UnreadableImageException(file, reasonOf(e), "check that it is a file and that it may be read", e);
        }
        if (bytes.length == 0) {
            throw new UnreadableImageException(file, "the file is empty (0 bytes)", "copy or record it again");
        }
        return bytes;
    }

    private static Decoded decode(Path file, byte[] bytes, ImageInputStream input, ImageReader reader)
            throws IOException {
        String format = reader.getFormatName().toLowerCase(Locale.ROOT);
        if (format.startsWith("jp") && !JpegEnd.isPresent(bytes)) {
            throw new UnreadableImageException(
                    file, "a JPEG of " + bytes.length + " bytes without its end", FIX_DAMAGED);
        }
        reader.setInput(input, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MAX_PIXELS) {
            throw new UnreadableImageException(
                    file,
                    "its header claims " + width + " x " + height + " px, more than " + MAX_PIXELS + " pixels",
                    FIX_DAMAGED);
        }
        BufferedImage image = reader.read(0);
        GreyImage grey = new GreyImage(image.getWidth(), image.getHeight(), greyLevels(image));
        return new Decoded(grey, coloursOf(image).map(colours -> warning(file, colours)));
    }

    /** What makes the image one in colour, if it is. */
    private static Optional<String> coloursOf(BufferedImage image) {
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return PaletteLevels.isGrey(palette) ? Optional.empty() : Optional.of("a palette of colours");
        }
        int channels = image.getRaster().getNumBands();
        return channels < 3 ? Optional.empty() : Optional.of(channels + " channels");
    }

    private static float[] greyLevels(BufferedImage image) {
        Raster raster = image.getRaster();
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            float[] levels = PaletteLevels.of(palette);
            float[] pixels = band(raster, 0);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = levels[(int) pixels[i]];
            }
            return pixels;
        }
        if (raster.getNumBands() < 3) { // grey, or grey and alpha
            return band(raster, 0);
        }
        float[] red = band(raster, 0);
        float[] green = band(raster, 1);
        float[] blue = band(raster, 2);
        for (int i = 0; i < red.length; i++) {
            red[i] = Luminance.of(red[i], green[i], blue[i]);
        }
        return red;
    }

    private static float[] band(Raster raster, int band) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        if (PlainRaster.is(raster)) {
            return PlainRaster.samples(raster);
        }
        return raster.getSamples(
                raster.getMinX(), raster.getMinY(), width, height, band, new float[Math.multiplyExact(width, height)]);
    }

    private static String warning(Path file, String colours) {
        return "image '" + file + "' is in colour (" + colours
                + "): its luminance (Rec. 601) is used; grey files are exact";
    }

    private static String reasonOf(Throwable error) {
        @Nullable String message = error.getMessage();
        String name = error.getClass().getSimpleName();
        return message == null
                ? name
                : (name + ": " + message).lines().findFirst().orElse(name);
    }
}
