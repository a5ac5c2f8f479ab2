package org.reactortopology.examples.piv.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactortopology.AtomicFiles;
import org.reactortopology.examples.piv.correlation.VelocityField;

/**
 * Keeps the results of pairs in one directory: {@code <name>.h5} and, where pictures are drawn, {@code <name>.png} per pair.
 *
 * <p>The name follows from the key alone and never leads out of the directory. It is the key with its extension written
 * once ({@code a.tif+b.tif} gives {@code a+b.tif.h5} and {@code a+b.tif.png}) where that is portable and unambiguous, and
 * a portable form of the key with a hash of it elsewhere. There is no state: threads and processes may share a directory
 * without knowing of each other.
 */
public final class FieldStore {

    private final Path directory;
    private final InterrogationSettings settings;

    /**
     * Opens a directory, creating it if it is missing.
     *
     * @param directory the output directory
     * @param settings how the fields of this run are measured, noted in each HDF5 file
     * @throws IOException if the directory cannot be created
     */
    public FieldStore(Path directory, InterrogationSettings settings) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.settings = settings;
    }

    /**
     * Writes both files of a pair, each atomically, the picture first: where the HDF5 file exists, so does the picture.
     * Files of an earlier run are replaced.
     *
     * @param key name of the pair, any text
     * @param picture bytes of the PNG file, see {@link VectorPicture#png}
     * @param field the measured vectors
     * @return where the files lie
     * @throws IOException if a file cannot be written
     */
    public SavedField save(String key, byte[] picture, VelocityField field) throws IOException {
        String name = FileNames.of(key);
        AtomicFiles.write(pictureOf(name), temporary -> Files.write(temporary, picture));
        FieldFile.write(dataOf(name), key, settings, field);
        return describe(name, pictureOf(name), field);
    }

    /**
     * Writes the field of a pair alone, atomically. Files of an earlier run are replaced, and its picture, which showed another field, is removed first.
     *
     * @param key name of the pair, any text
     * @param field the measured vectors
     * @return where the file lies
     * @throws IOException if it cannot be written, or the picture cannot be removed
     */
    public SavedField save(String key, VelocityField field) throws IOException {
        String name = FileNames.of(key);
        Files.deleteIfExists(pictureOf(name));
        FieldFile.write(dataOf(name), key, settings, field);
        return describe(name, null, field);
    }

    /**
     * The result that an earlier run has left for a key, if its field is there, with its picture if that is.
     *
     * @param key name of the pair, any text
     * @throws IOException if the HDF5 file exists but cannot be read
     */
    public Optional<SavedField> find(String key) throws IOException {
        String name = FileNames.of(key);
        if (!Files.isRegularFile(dataOf(name))) {
            return Optional.empty();
        }
        Path picture = Files.isRegularFile(pictureOf(name)) ? pictureOf(name) : null;
        return Optional.of(describe(name, picture, FieldFile.read(dataOf(name))));
    }

    private SavedField describe(String name, @Nullable Path picture, VelocityField field) {
        return new SavedField(
                name,
                dataOf(name),
                picture,
                field.columns(),
                field.rows(),
                VectorFlags.countFlagged(field),
                Magnitudes.median(field));
    }

    private Path dataOf(String name) {
        return directory.resolve(name + ".h5");
    }

    private Path pictureOf(String name) {
        return directory.resolve(name + ".png");
    }
}
