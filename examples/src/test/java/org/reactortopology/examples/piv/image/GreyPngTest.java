package org.reactortopology.examples.piv.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against files of the JDK's writer, which chooses among all filters. */
class GreyPngTest {

    private static final int WIDTH = 37;
    private static final int HEIGHT = 23;
    private static final long MAX_PIXELS = 1L << 20;

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void readsTheLevelsOfTheFile(int type) throws IOException {
        BufferedImage image = image(type);

        GreyImage read = GreyPng.decode(png(image), MAX_PIXELS).orElseThrow();

        assertThat(read.width()).isEqualTo(WIDTH);
        assertThat(read.height()).isEqualTo(HEIGHT);
        assertThat(read.pixels())
                .containsExactly(image.getRaster().getSamples(0, 0, WIDTH, HEIGHT, 0, new float[WIDTH * HEIGHT]));
    }

    @Test
    void leavesColoursToTheReaderOfTheJdk() throws IOException {
        assertThat(GreyPng.decode(png(image(BufferedImage.TYPE_INT_RGB)), MAX_PIXELS))
                .isEmpty();
    }

    @Test
    void leavesImagesThatAreTooLarge() throws IOException {
        assertThat(GreyPng.decode(png(image(BufferedImage.TYPE_BYTE_GRAY)), WIDTH * HEIGHT))
                .isEmpty();
    }

    @Test
    void leavesEveryDamagedFile() throws IOException {
        byte[] whole = png(image(BufferedImage.TYPE_USHORT_GRAY));
        for (int length = 0; length < whole.length; length++) {
            assertThat(GreyPng.decode(Arrays.copyOf(whole, length), MAX_PIXELS)).isEmpty();
        }
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            assertThat(GreyPng.decode(damaged, MAX_PIXELS)).as("byte %d", at).isEmpty();
        }
    }

    /** Smooth and noisy parts, so that the writer has reasons for each filter. */
    private static BufferedImage image(int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        int most = type == BufferedImage.TYPE_USHORT_GRAY ? 0xffff : 0xff;
        Random random = new Random(3);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int level = y < 6 ? x * most / WIDTH : y < 12 ? y * most / HEIGHT : random.nextInt(most);
                for (int band = 0; band < image.getRaster().getNumBands(); band++) {
                    image.getRaster().setSample(x, y, band, level);
                }
            }
        }
        return image;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
