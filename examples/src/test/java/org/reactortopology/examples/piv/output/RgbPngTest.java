package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the reader of the JDK. */
class RgbPngTest {

    /** Among them rows longer than what is compressed at a time, and pictures that need several chunks. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "7, 1", "37, 23", "3, 20000", "20000, 3", "257, 511", "640, 400"})
    void isReadBackPixelByPixel(int width, int height) throws IOException {
        Random random = new Random(width + height);
        int[] pixels = new int[width * height];
        Arrays.setAll(pixels, i -> random.nextInt(1 << 24));

        assertThat(read(RgbPng.encode(pixels, width, height), width, height)).isEqualTo(pixels);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "900, 700"})
    void compressesWhatIsPlain(int width, int height) throws IOException {
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, 0xfcfdfe);

        byte[] png = RgbPng.encode(pixels, width, height);

        assertThat(png.length).isLessThan(300 + width * height * 3 / 50);
        assertThat(read(png, width, height)).isEqualTo(pixels);
    }

    /** Runs, repetitions near and far, of every length, across the ends of rows and blocks. */
    @ParameterizedTest
    @CsvSource({"890, 300", "64, 3000", "5, 9000", "11000, 20"})
    void findsWhatRepeats(int width, int height) throws IOException {
        Random random = new Random(width);
        int[] pixels = new int[width * height];
        int at = 0;
        while (at < pixels.length) {
            int length = Math.min(pixels.length - at, 1 + random.nextInt(1 << random.nextInt(10)));
            boolean copy = at > 0 && random.nextInt(3) > 0;
            int from = copy ? random.nextInt(at) : 0;
            int rgb = 0x0f0f0f * random.nextInt(16);
            for (int i = 0; i < length; i++, at++) {
                pixels[at] = copy ? pixels[from + i] : rgb;
            }
        }

        byte[] png = RgbPng.encode(pixels, width, height);

        assertThat(png.length).isLessThan(3 * width * height / 2);
        assertThat(read(png, width, height)).isEqualTo(pixels);
    }

    @ParameterizedTest
    @CsvSource({"33, 9"})
    void leavesOutWhatIsNoColour(int width, int height) throws IOException {
        int[] pixels = new int[width * height];
        Arrays.setAll(pixels, i -> 0xff000000 | i);

        assertThat(read(RgbPng.encode(pixels, width, height), width, height))
                .containsExactly(
                        Arrays.stream(pixels).map(rgb -> rgb & 0xffffff).toArray());
    }

    private static int[] read(byte[] png, int width, int height) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
        assertThat(image.getColorModel().hasAlpha()).isFalse();
        return Arrays.stream(image.getRGB(0, 0, width, height, null, 0, width))
                .map(rgb -> rgb & 0xffffff)
                .toArray();
    }
}
