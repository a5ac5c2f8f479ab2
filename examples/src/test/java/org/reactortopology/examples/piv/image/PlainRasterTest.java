package org.reactortopology.examples.piv.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against what the sample model says of each pixel. */
class PlainRasterTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 8", "1, 1, 16", "37, 23, 8", "37, 23, 16", "300, 1, 16", "1, 300, 8"})
    void givesTheSamplesOfAnImageThatWasRead(int width, int height, int bits) throws IOException {
        Raster raster = read(noise(width, height, bits));

        assertThat(PlainRaster.is(raster)).isTrue();
        assertThat(PlainRaster.samples(raster)).containsExactly(asked(raster));
    }

    @Test
    void keepsTheHighestLevels() {
        assertThat(PlainRaster.samples(full(DataBuffer.TYPE_BYTE, 0xff))).containsOnly(255);
        assertThat(PlainRaster.samples(full(DataBuffer.TYPE_USHORT, 0xffff))).containsOnly(65_535);
    }

    @Test
    void refusesEveryOtherLayout() {
        WritableRaster whole = noise(8, 6, 16).getRaster();
        assertThat(PlainRaster.is(whole)).isTrue();
        assertThat(PlainRaster.is(whole.createChild(0, 0, 7, 6, 0, 0, null)))
                .as("narrower")
                .isFalse();
        assertThat(PlainRaster.is(whole.createChild(0, 1, 8, 5, 0, 0, null)))
                .as("lower")
                .isFalse();
        assertThat(PlainRaster.is(whole.createChild(1, 1, 4, 4, 3, 2, null)))
                .as("a part")
                .isFalse();
        assertThat(PlainRaster.is(Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 6, 3, null)))
                .as("colours")
                .isFalse();
        assertThat(PlainRaster.is(
                        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 6, 16, 2, new int[] {1}, null)))
                .as("every second byte")
                .isFalse();
        assertThat(PlainRaster.is(new BufferedImage(8, 6, BufferedImage.TYPE_BYTE_BINARY).getRaster()))
                .as("bits")
                .isFalse();
        assertThat(PlainRaster.is(new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB).getRaster()))
                .as("packed colours")
                .isFalse();
        assertThat(PlainRaster.is(Raster.createBandedRaster(DataBuffer.TYPE_INT, 8, 6, 1, null)))
                .as("32 bit")
                .isFalse();
    }

    private static WritableRaster full(int type, int level) {
        WritableRaster raster = Raster.createInterleavedRaster(type, 5, 3, 1, null);
        for (int i = 0; i < 15; i++) {
            raster.setSample(i % 5, i / 5, 0, level);
        }
        return raster;
    }

    private static float[] asked(Raster raster) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        return raster.getSamples(0, 0, width, height, 0, new float[width * height]);
    }

    private static BufferedImage noise(int width, int height, int bits) {
        int type = bits == 8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY;
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(bits);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, random.nextInt(1 << bits));
        }
        return image;
    }

    private static Raster read(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "png", bytes)).isTrue();
        return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray())).getRaster();
    }
}
