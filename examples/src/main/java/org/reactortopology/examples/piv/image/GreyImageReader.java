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
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads TIFF, PNG, BMP and JPEG files as grey images through the readers of the JDK. Grey levels keep their depth (8
 * or 16 bit); a palette of greys counts as grey; a colour image becomes its luminance, with a warning in the log.
 */
public final class GreyImageReader {

    /** Most pixels an image may have; a damaged header easily claims more than memory holds. */
    private static final long MAX_PIXELS = 1L << 28;

    private static final String FIX_DAMAGED = "the file is cut short or damaged, copy or record it again";

    private static final String FIX_UNDECODABLE =
            "if the file is cut short or damaged, copy or record it again, else save it as plain TIFF, PNG or BMP";

    private static final Logger log = LoggerFactory.getLogger(GreyImageReader.class);

    private GreyImageReader() {}

    /**
     * Reads one file. Blocks for the time of the disk and the decoder, so keep it off event-loop threads.
     *
     * @param file a TIFF, PNG, BMP or JPEG file; of a file of many images the first is read
     * @return the grey levels, in the units of the file
     * @throws UnreadableImageException if the file is missing, empty, cut short, damaged or of another format
     */
    public static GreyImage read(Path file) throws UnreadableImageException {
        byte[] bytes = bytesOf(file);
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

    private static byte[] bytesOf(Path file) throws UnreadableImageException {
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

    private static GreyImage decode(Path file, byte[] bytes, ImageInputStream input, ImageReader reader)
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
        return new GreyImage(image.getWidth(), image.getHeight(), greyLevels(file, image));
    }

    private static float[] greyLevels(Path file, BufferedImage image) {
        Raster raster = image.getRaster();
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            float[] levels = PaletteLevels.of(palette);
            if (!PaletteLevels.isGrey(palette)) {
                warnOfColour(file, "a palette of colours");
            }
            float[] pixels = band(raster, 0);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = levels[(int) pixels[i]];
            }
            return pixels;
        }
        if (raster.getNumBands() < 3) { // grey, or grey and alpha
            return band(raster, 0);
        }
        warnOfColour(file, raster.getNumBands() + " channels");
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
        return raster.getSamples(
                raster.getMinX(), raster.getMinY(), width, height, band, new float[Math.multiplyExact(width, height)]);
    }

    private static void warnOfColour(Path file, String seen) {
        log.warn("image '{}' is in colour ({}): its luminance (Rec. 601) is used; grey files are exact", file, seen);
    }

    private static String reasonOf(Throwable error) {
        @Nullable String message = error.getMessage();
        String name = error.getClass().getSimpleName();
        return message == null
                ? name
                : (name + ": " + message).lines().findFirst().orElse(name);
    }
}
