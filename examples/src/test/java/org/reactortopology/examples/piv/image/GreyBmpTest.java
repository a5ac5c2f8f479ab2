package org.reactortopology.examples.piv.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against files of the JDK's writer. */
class GreyBmpTest {

    private static final long MAX_PIXELS = 1 << 20;

    /** Rows of every length beyond a multiple of four. */
    @ParameterizedTest
    @CsvSource({"1, 1", "36, 23", "37, 23", "38, 1", "39, 5"})
    void readsTheLevelsOfTheFile(int width, int height) throws IOException {
        BufferedImage image = noise(width, height, palette(0));

        GreyImage read = GreyBmp.decode(bmp(image), MAX_PIXELS).orElseThrow();

        assertThat(read.width()).isEqualTo(width);
        assertThat(read.height()).isEqualTo(height);
        float[] indices = image.getRaster().getSamples(0, 0, width, height, 0, new float[width * height]);
        for (int i = 0; i < indices.length; i++) {
            assertThat(read.pixels()[i]).isEqualTo(255 - indices[i]);
        }
    }

    @Test
    void readsRowsThatComeDownwards() throws IOException {
        byte[] upwards = bmp(noise(8, 2, palette(0)));
        byte[] downwards = upwards.clone();
        ByteBuffer.wrap(downwards).order(ByteOrder.LITTLE_ENDIAN).putInt(22, -2);

        float[] up = GreyBmp.decode(upwards, MAX_PIXELS).orElseThrow().pixels();
        float[] down = GreyBmp.decode(downwards, MAX_PIXELS).orElseThrow().pixels();

        assertThat(Arrays.copyOfRange(down, 0, 8)).containsExactly(Arrays.copyOfRange(up, 8, 16));
        assertThat(Arrays.copyOfRange(down, 8, 16)).containsExactly(Arrays.copyOfRange(up, 0, 8));
    }

    @Test
    void leavesColoursAndOtherKindsToTheReaderOfTheJdk() throws IOException {
        assertThat(GreyBmp.decode(bmp(noise(8, 8, palette(1))), MAX_PIXELS)).isEmpty();
        assertThat(GreyBmp.decode(bmp(new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR)), MAX_PIXELS))
                .isEmpty();
        assertThat(GreyBmp.decode(bmp(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY)), MAX_PIXELS))
                .isEmpty();
    }

    @Test
    void leavesImagesThatAreTooLargeOrCutShort() throws IOException {
        byte[] whole = bmp(noise(9, 7, palette(0)));

        assertThat(GreyBmp.decode(whole, 62)).isEmpty();
        for (int length = 0; length < whole.length; length++) {
            assertThat(GreyBmp.decode(Arrays.copyOf(whole, length), MAX_PIXELS)).isEmpty();
        }
    }

    @Test
    void takesNoDamagedHeaderForAnotherImage() throws IOException {
        byte[] whole = bmp(noise(9, 7, palette(0)));
        for (int at = 0; at < 54; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << bit);
                GreyBmp.decode(damaged, MAX_PIXELS)
                        .ifPresent(
                                image -> assertThat(image.pixels().length).isEqualTo(image.width() * image.height()));
            }
        }
    }

    /** Falling greys; with one entry off grey where asked. */
    private static IndexColorModel palette(int off) {
        byte[] falling = new byte[256];
        for (int i = 0; i < 256; i++) {
            falling[i] = (byte) (255 - i);
        }
        byte[] blue = falling.clone();
        blue[100] += (byte) off;
        return new IndexColorModel(8, 256, falling, falling, blue);
    }

    private static BufferedImage noise(int width, int height, IndexColorModel palette) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, palette);
        Random random = new Random(width);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, random.nextInt(256));
        }
        return image;
    }

    private static byte[] bmp(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "bmp", bytes)).isTrue();
        return bytes.toByteArray();
    }
}
