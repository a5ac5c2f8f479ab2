package org.reactortopology.examples.piv.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against files of the JDK's writer, which puts eight rows or more into a strip, and its reader. */
class GreyTiffTest {

    private static final long MAX_PIXELS = 1 << 22;

    @ParameterizedTest
    @CsvSource({"1, 1, 8", "1, 1, 16", "37, 23, 8", "37, 23, 16", "400, 300, 8", "1200, 41, 16"})
    void readsTheLevelsOfTheFile(int width, int height, int bits) throws IOException {
        int type = bits == 8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY;
        BufferedImage image = noise(new BufferedImage(width, height, type), 1 << bits);
        float[] levels = image.getRaster().getSamples(0, 0, width, height, 0, new float[width * height]);

        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            GreyImage read =
                    GreyTiff.decode(tiff(image, order, null), MAX_PIXELS).orElseThrow();

            assertThat(read.width()).isEqualTo(width);
            assertThat(read.height()).isEqualTo(height);
            assertThat(read.pixels()).isEqualTo(levels);
        }
    }

    @Test
    void readsAPaletteOfGreysAsTheReaderOfTheJdkDoes() throws IOException {
        byte[] tiff = tiff(noise(indexed(0), 256), ByteOrder.LITTLE_ENDIAN, null);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(tiff));

        float[] levels = GreyTiff.decode(tiff, MAX_PIXELS).orElseThrow().pixels();

        for (int i = 0; i < levels.length; i++) {
            assertThat(levels[i]).isEqualTo(read.getRGB(i % 64, i / 64) & 0xff);
        }
    }

    @Test
    void leavesEverythingElseToTheReaderOfTheJdk() throws IOException {
        BufferedImage grey = noise(new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY), 256);
        assertThat(GreyTiff.decode(tiff(grey, ByteOrder.LITTLE_ENDIAN, null), MAX_PIXELS))
                .isPresent();
        assertThat(GreyTiff.decode(tiff(grey, ByteOrder.LITTLE_ENDIAN, "LZW"), MAX_PIXELS))
                .isEmpty();
        assertThat(GreyTiff.decode(tiff(grey, ByteOrder.LITTLE_ENDIAN, null), 64 * 48))
                .isEmpty();
        assertThat(GreyTiff.decode(tiff(noise(indexed(1), 256), ByteOrder.LITTLE_ENDIAN, null), MAX_PIXELS))
                .isEmpty();
        for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_BINARY}) {
            assertThat(GreyTiff.decode(
                            tiff(new BufferedImage(64, 48, type), ByteOrder.LITTLE_ENDIAN, null), MAX_PIXELS))
                    .isEmpty();
        }
    }

    @Test
    void leavesFilesThatAreCutShort() throws IOException {
        BufferedImage image = noise(new BufferedImage(64, 48, BufferedImage.TYPE_USHORT_GRAY), 1 << 16);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            byte[] whole = tiff(image, order, null);
            int end = 64 * 48 * 2; // what follows may be of use to nobody
            for (int length = 0; length < end; length += 7) {
                assertThat(GreyTiff.decode(Arrays.copyOf(whole, length), MAX_PIXELS))
                        .isEmpty();
            }
        }
    }

    @Test
    void takesDamageForNothingWorseThanAnotherImage() throws IOException {
        byte[] whole = tiff(noise(indexed(0), 256), ByteOrder.BIG_ENDIAN, null);
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << bit);
                GreyTiff.decode(damaged, MAX_PIXELS)
                        .ifPresent(
                                image -> assertThat(image.pixels().length).isEqualTo(image.width() * image.height()));
            }
        }
    }

    /** Falling greys; with one entry off grey where asked. */
    private static BufferedImage indexed(int off) {
        byte[] falling = new byte[256];
        for (int i = 0; i < 256; i++) {
            falling[i] = (byte) (255 - i);
        }
        byte[] blue = falling.clone();
        blue[100] += (byte) off;
        IndexColorModel palette = new IndexColorModel(8, 256, falling, falling, blue);
        return new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_INDEXED, palette);
    }

    private static BufferedImage noise(BufferedImage image, int levels) {
        Random random = new Random(levels);
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            image.getRaster().setSample(i % image.getWidth(), i / image.getWidth(), 0, random.nextInt(levels));
        }
        return image;
    }

    private static byte[] tiff(BufferedImage image, ByteOrder order, String compression) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            output.setByteOrder(order);
            writer.setOutput(output);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (compression != null) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionType(compression);
            }
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
