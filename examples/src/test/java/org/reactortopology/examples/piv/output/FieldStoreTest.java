package org.reactortopology.examples.piv.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactortopology.examples.piv.correlation.VelocityField;

class FieldStoreTest {

    private static final byte[] PICTURE = VectorPicture.png("title", Fields.ramp(64, 48), Fields.uniform(3, 2, 3, 4));

    @TempDir
    Path temporary;

    @Test
    void savesBothFilesAndDescribesThem() throws IOException {
        Path directory = temporary.resolve("new/out");
        VelocityField field = Fields.uniform(3, 2, 3, 4);
        field.flags()[0] = VelocityField.REPLACED;
        field.u()[1] = 0;
        field.u()[2] = 100;
        field.flags()[2] = VelocityField.NOT_MEASURED;

        SavedField saved = new FieldStore(directory, Fields.SETTINGS).save("a.bmp+b.bmp", PICTURE, field);

        assertThat(saved)
                .isEqualTo(new SavedField(
                        "a+b.bmp", directory.resolve("a+b.bmp.h5"), directory.resolve("a+b.bmp.png"), 3, 2, 2, 5));
        assertThat(FieldFile.read(saved.data()).u()).isEqualTo(field.u());
        assertThat(saved.picture()).isNotEmptyFile();
        assertThat(names(directory)).containsExactly("a+b.bmp.h5", "a+b.bmp.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x.png+y.png", "/etc/a.png+b.png", "..", "a b#.png+ü.png", "<b>&\"'.png"})
    void keepsAwkwardKeysInTheDirectoryAndInTheFile(String key) throws IOException {
        Path directory = temporary.resolve("out");

        SavedField saved = new FieldStore(directory, Fields.SETTINGS).save(key, PICTURE, Fields.uniform(2, 1, 1, 0));

        assertThat(names(directory)).containsExactly(saved.name() + ".h5", saved.name() + ".png");
        assertThat(names(temporary)).containsExactly("out");
        try (HdfFile file = new HdfFile(saved.data())) {
            assertThat(file.getAttribute("key").getData()).isEqualTo(key);
        }
    }

    @Test
    void findsWhatAnEarlierRunHasSaved() throws IOException {
        SavedField saved =
                new FieldStore(temporary, Fields.SETTINGS).save("a.bmp+b.bmp", PICTURE, Fields.uniform(3, 2, 3, 4));
        FieldStore later = new FieldStore(temporary, Fields.SETTINGS);

        assertThat(later.find("a.bmp+b.bmp")).contains(saved);
        assertThat(later.find("a.png+b.png")).isEmpty();
        Files.delete(saved.data());
        assertThat(later.find("a.bmp+b.bmp")).isEmpty();
    }

    @Test
    void savesAndFindsFieldsWithoutPictures() throws IOException {
        FieldStore store = new FieldStore(temporary, Fields.SETTINGS);
        store.save("a.bmp+b.bmp", PICTURE, Fields.uniform(3, 2, 3, 4));

        SavedField saved = store.save("a.bmp+b.bmp", Fields.uniform(3, 2, 6, 8));

        assertThat(saved.picture()).isNull();
        assertThat(saved.medianMagnitude()).isEqualTo(10);
        assertThat(names(temporary)).as("no picture of another field").containsExactly("a+b.bmp.h5");
        assertThat(store.find("a.bmp+b.bmp")).contains(saved);
    }

    @Test
    void saysNotANumberWhereNothingWasMeasured() throws IOException {
        VelocityField field = Fields.uniform(2, 1, Float.NaN, Float.NaN);

        SavedField saved = new FieldStore(temporary, Fields.SETTINGS).save("a.bmp+b.bmp", PICTURE, field);

        assertThat(saved.medianMagnitude()).isNaN();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
