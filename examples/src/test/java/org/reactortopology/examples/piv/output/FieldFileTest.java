package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactortopology.examples.piv.correlation.VelocityField;

class FieldFileTest {

    @TempDir
    Path directory;

    @Test
    void readsBackEveryBit() throws IOException {
        VelocityField field = awkwardField();
        Path path = directory.resolve("a.h5");

        FieldFile.write(path, "a.bmp+b.bmp", Fields.SETTINGS, field);
        VelocityField read = FieldFile.read(path);

        assertThat(read.columns()).isEqualTo(3);
        assertThat(read.rows()).isEqualTo(2);
        assertThat(bits(read.x())).isEqualTo(bits(field.x()));
        assertThat(bits(read.y())).isEqualTo(bits(field.y()));
        assertThat(bits(read.u())).isEqualTo(bits(field.u()));
        assertThat(bits(read.v())).isEqualTo(bits(field.v()));
        assertThat(bits(read.signalToNoise())).isEqualTo(bits(field.signalToNoise()));
        assertThat(read.flags()).isEqualTo(field.flags());
    }

    @Test
    void readsBackASingleVector() throws IOException {
        Path path = directory.resolve("a.h5");

        FieldFile.write(path, "k", Fields.SETTINGS, Fields.uniform(1, 1, 2.5f, -1));

        assertThat(FieldFile.read(path).u()).containsExactly(2.5f);
    }

    @Test
    void givesDatasetsTheirShapeUnitsAndDescription() throws IOException {
        Path path = directory.resolve("a.h5");
        FieldFile.write(path, "a.bmp+b.bmp", Fields.SETTINGS, awkwardField());

        try (HdfFile file = new HdfFile(path)) {
            assertDataset(file, "x", "px", float.class, 3);
            assertDataset(file, "y", "px", float.class, 2);
            assertDataset(file, "u", "px", float.class, 2, 3);
            assertDataset(file, "v", "px", float.class, 2, 3);
            assertDataset(file, "signal_to_noise", "1", float.class, 2, 3);
            assertDataset(file, "flags", "1", byte.class, 2, 3);
        }
    }

    @Test
    void notesWhereTheFieldComesFrom() throws IOException {
        Path path = directory.resolve("a.h5");
        FieldFile.write(path, "Ümlaut <1>.bmp+b.bmp", Fields.SETTINGS, awkwardField());

        try (HdfFile file = new HdfFile(path)) {
            assertThat(file.getAttribute("key").getData()).isEqualTo("Ümlaut <1>.bmp+b.bmp");
            assertThat(file.getAttribute("creator").getData()).isEqualTo("reactor-topology piv");
            assertThat(file.getAttribute("window_sizes").getData()).isEqualTo(new int[] {64, 32});
            assertThat(file.getAttribute("overlap").getData()).isEqualTo(0.5);
        }
    }

    @Test
    void writesEqualBytesForEqualInput() throws IOException {
        Path first = directory.resolve("first.h5");
        Path second = directory.resolve("second.h5");

        FieldFile.write(first, "k", Fields.SETTINGS, awkwardField());
        FieldFile.write(second, "k", Fields.SETTINGS, awkwardField());

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void replacesALongerFile() throws IOException {
        Path path = directory.resolve("a.h5");
        Path fresh = directory.resolve("fresh.h5");
        FieldFile.write(path, "k", Fields.SETTINGS, Fields.uniform(40, 40, 1, 1));

        FieldFile.write(path, "k", Fields.SETTINGS, awkwardField());
        FieldFile.write(fresh, "k", Fields.SETTINGS, awkwardField());

        assertThat(path).hasSameBinaryContentAs(fresh);
    }

    @Test
    void namesTheFileThatCannotBeRead() throws IOException {
        Path text = Files.writeString(directory.resolve("text.h5"), "no HDF5 at all");
        Path other = directory.resolve("other.h5");
        try (var file = HdfFile.write(other)) {
            file.putDataset("x", new float[] {1});
        }

        assertThatThrownBy(() -> FieldFile.read(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text.h5");
        assertThatThrownBy(() -> FieldFile.read(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.h5")
                .hasMessageContaining("no dataset 'y'");
        assertThatThrownBy(() -> FieldFile.read(directory.resolve("missing.h5")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.h5");
    }

    @Test
    void namesTheFileWhereverItIsCutOff() throws IOException {
        Path whole = directory.resolve("whole.h5");
        FieldFile.write(whole, "k", Fields.SETTINGS, awkwardField());
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = directory.resolve("cut.h5");

        for (int length = 0; length < bytes.length - 100; length += 40) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> FieldFile.read(cut))
                    .as("cut to %d of %d bytes", length, bytes.length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cut.h5");
        }
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new InterrogationSettings(List.of(), 0.5)).hasMessageContaining("windowSizesPx is []");
        assertThatThrownBy(() -> new InterrogationSettings(List.of(0), 0.5)).hasMessageContaining("[0]");
        assertThatThrownBy(() -> new InterrogationSettings(List.of(32), 1)).hasMessageContaining("overlap is 1.0");
        assertThatThrownBy(() -> new InterrogationSettings(List.of(32), Double.NaN))
                .hasMessageContaining("NaN");
    }

    private static VelocityField awkwardField() {
        return new VelocityField(
                3,
                2,
                new float[] {15.5f, 31.5f, 47.5f},
                new float[] {15.5f, 31.5f},
                new float[] {1.25f, -0f, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, (float) Math.PI},
                new float[] {0, 1, 2, Float.intBitsToFloat(0x7fc12345), 4, Float.MAX_VALUE},
                new float[] {1, 2, 3, Float.POSITIVE_INFINITY, 5, Float.NaN},
                new byte[] {0, 1, 2, 4, 7, 3});
    }

    private static void assertDataset(HdfFile file, String name, String units, Class<?> type, int... shape) {
        Dataset dataset = file.getDatasetByPath(name);
        assertThat(dataset.getJavaType()).as(name).isEqualTo(type);
        assertThat(dataset.getDimensions()).as(name).isEqualTo(shape);
        assertThat(dataset.getAttribute("units").getData()).as(name).isEqualTo(units);
        assertThat((String) dataset.getAttribute("description").getData())
                .as(name)
                .isNotBlank();
    }

    private static List<Integer> bits(float[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> Float.floatToRawIntBits(values[i]))
                .toList();
    }
}
