package org.reactortopology.examples.piv.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreyImageReaderTest {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"png", "tif", "bmp"})
    void readsEveryGreyLevelOf8Bit(String ending) throws IOException {
        BufferedImage image = pattern(BufferedImage.TYPE_BYTE_GRAY, 256);

        GreyImage read = GreyImageReader.read(write(image, ending));

        assertThat(read.width()).isEqualTo(WIDTH);
        assertThat(read.height()).isEqualTo(HEIGHT);
        assertThat(read.pixels()).containsExactly(levels(256));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tif"})
    void keepsTheDepthOf16Bit(String ending) throws IOException {
        BufferedImage image = pattern(BufferedImage.TYPE_USHORT_GRAY, 65_536);

        assertThat(GreyImageReader.read(write(image, ending)).pixels()).containsExactly(levels(65_536));
    }

    @Test
    void readsJpegAsNearAsItsCompression() throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, 2 * (i % WIDTH));
        }

        float[] pixels = GreyImageReader.read(write(image, "jpg")).pixels();

        for (int i = 0; i < pixels.length; i++) {
            assertThat(pixels[i]).isCloseTo(2f * (i % WIDTH), within(4f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tif", "bmp"})
    void takesAPaletteOfGreysAsGrey(String ending) throws IOException {
        byte[] falling = new byte[256];
        for (int i = 0; i < 256; i++) {
            falling[i] = (byte) (255 - i);
        }
        IndexColorModel palette = new IndexColorModel(8, 256, falling, falling, falling);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, palette);
        WritableRaster raster = image.getRaster();
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            raster.setSample(i % WIDTH, i / WIDTH, 0, i % 256);
        }

        float[] pixels = GreyImageReader.read(write(image, ending)).pixels();

        for (int i = 0; i < pixels.length; i++) {
            assertThat(pixels[i]).isEqualTo(255 - i % 256);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tif", "bmp"})
    void turnsColourIntoLuminance(String ending) throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(0, 0, 0xFF0000);
        image.setRGB(1, 0, 0x00FF00);
        image.setRGB(2, 0, 0x0000FF);

        float[] pixels = GreyImageReader.read(write(image, ending)).pixels();

        assertThat(pixels[0]).isCloseTo(0.299f * 255, within(1e-3f));
        assertThat(pixels[1]).isCloseTo(0.587f * 255, within(1e-3f));
        assertThat(pixels[2]).isCloseTo(0.114f * 255, within(1e-3f));
    }

    @ParameterizedTest
    @CsvSource({"png,8", "png,16", "tif,8", "tif,16", "bmp,8", "jpg,8"})
    void refusesAFileCutShortAtAnyLength(String ending, int bits) throws IOException {
        boolean wide = bits == 16;
        BufferedImage image = pattern(wide ? BufferedImage.TYPE_USHORT_GRAY : BufferedImage.TYPE_BYTE_GRAY, 1 << bits);
        Path file = write(image, ending);
        byte[] whole = Files.readAllBytes(file);
        for (int percent : new int[] {1, 5, 10, 25, 50, 75, 90, 95, 98}) {
            Files.write(file, Arrays.copyOf(whole, whole.length * percent / 100));
            assertThatThrownBy(() -> GreyImageReader.read(file))
                    .as("%s of %d bit cut to %d %%", ending, bits, percent)
                    .isInstanceOf(UnreadableImageException.class)
                    .hasMessageStartingWith("cannot read image '" + file + "': ")
                    .hasMessageNotContainingAny("\n", "\r");
        }
    }

    @Test
    void refusesAMissingFile() {
        assertThatThrownBy(() -> GreyImageReader.read(folder.resolve("none.png")))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage("cannot read image '" + folder.resolve("none.png") + "': no such file; check the path");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.tif"));

        assertThatThrownBy(() -> GreyImageReader.read(file))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageContaining("the file is empty (0 bytes); copy or record it again");
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> GreyImageReader.read(folder)).isInstanceOf(UnreadableImageException.class);
    }

    @Test
    void refusesAFileThatIsNoImage() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.png"), "no image at all");

        assertThatThrownBy(() -> GreyImageReader.read(file))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageEndingWith("15 bytes of no known image format; give a TIFF, PNG, BMP or JPEG file");
    }

    private Path write(BufferedImage image, String ending) throws IOException {
        Path file = folder.resolve("image." + ending);
        String format = ending.equals("tif") ? "tiff" : ending;
        assertThat(ImageIO.write(image, format, file.toFile()))
                .as("the JDK writes %s", format)
                .isTrue();
        return file;
    }

    private static BufferedImage pattern(int type, int greyLevels) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        float[] levels = levels(greyLevels);
        image.getRaster().setSamples(0, 0, WIDTH, HEIGHT, 0, levels);
        return image;
    }

    /** A sequence without pattern, so that every row counts after compression. */
    private static float[] levels(int greyLevels) {
        float[] levels = new float[WIDTH * HEIGHT];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Math.floorMod(i * 2_654_435_761L >>> 7, (long) greyLevels);
        }
        return levels;
    }
}
