package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a library that reads all of HDF5. */
class HdfWriterTest {

    @TempDir
    Path directory;

    /** With the room that was asked for, and with far too little of it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100, 100_000})
    void isReadBack(int bytes) throws IOException {
        HdfWriter writer = new HdfWriter(bytes);
        writer.put("bytes", new byte[] {-128, 0, 127}, 3);
        writer.put("ints", new int[] {Integer.MIN_VALUE, -1, 0, 1, 2, Integer.MAX_VALUE}, 2, 3);
        writer.put("floats", new float[] {-0f, 1.5f, Float.MIN_VALUE, Float.MAX_VALUE}, 4, 1);
        writer.put("many", new float[5000], 5000).attribute("units", "px");
        writer.root().attribute("pi", Math.PI);
        writer.root().attribute("count", -7);
        writer.root().attribute("row", new int[] {64, 32, -1});

        try (HdfFile file = new HdfFile(save(writer))) {
            assertThat(data(file, "bytes")).isEqualTo(new byte[] {-128, 0, 127});
            assertThat(data(file, "ints")).isEqualTo(new int[][] {{Integer.MIN_VALUE, -1, 0}, {1, 2, Integer.MAX_VALUE}
            });
            assertThat(data(file, "floats"))
                    .isEqualTo(new float[][] {{-0f}, {1.5f}, {Float.MIN_VALUE}, {Float.MAX_VALUE}});
            assertThat(data(file, "many")).isEqualTo(new float[5000]);
            assertThat(file.getChild("many").getAttribute("units").getData()).isEqualTo("px");
            assertThat(file.getAttribute("pi").getData()).isEqualTo(Math.PI);
            assertThat(file.getAttribute("count").getData()).isEqualTo(-7);
            assertThat(file.getAttribute("row").getData()).isEqualTo(new int[] {64, 32, -1});
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, 300, 65_000})
    void keepsTextOfAnyLength(int length) throws IOException {
        HdfWriter writer = new HdfWriter(0);
        String text = "ä".repeat(length / 2) + "x".repeat(length % 2);
        writer.root().attribute("text", text);
        writer.root().attribute("empty", "");

        try (HdfFile file = new HdfFile(save(writer))) {
            assertThat(file.getAttribute("text").getData()).isEqualTo(text);
            assertThat(file.getAttribute("empty").getData()).isEqualTo("");
        }
    }

    @Test
    void refusesWhatHasNoPlace() {
        HdfWriter writer = new HdfWriter(0);

        assertThatThrownBy(() -> writer.put("u", new float[6], 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'u' has 6 values for the shape [2, 2]");
        assertThatThrownBy(() -> writer.put("u", new float[0], 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.root().attribute("text", "x".repeat(70_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65535");
    }

    /** The values that the author of the checksum gives. */
    @ParameterizedTest
    @CsvSource({"'', deadbeef", "Four score and seven years ago, 17770551"})
    void sumsAsItsAuthorSays(String text, String sum) {
        byte[] bytes = ("??" + text + "?").getBytes(StandardCharsets.US_ASCII);

        assertThat(HdfChecksum.of(bytes, 2, bytes.length - 1)).isEqualTo(Integer.parseUnsignedInt(sum, 16));
    }

    private static Object data(HdfFile file, String name) {
        return ((Dataset) file.getChild(name)).getData();
    }

    private Path save(HdfWriter writer) throws IOException {
        ByteBuffer bytes = writer.file();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return Files.write(directory.resolve("a.h5"), copy);
    }
}
