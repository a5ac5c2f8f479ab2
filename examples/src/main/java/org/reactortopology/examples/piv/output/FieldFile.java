package org.reactortopology.examples.piv.output;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.reactortopology.AtomicFiles;
import org.reactortopology.examples.piv.correlation.VelocityField;

/**
 * Velocity fields as HDF5 files.
 *
 * <p>Layout of a file, all numbers little endian:
 *
 * <table>
 * <caption>Datasets</caption>
 * <tr><th>name</th><th>type and shape</th><th>units</th></tr>
 * <tr><td>{@code x}</td><td>float32 [columns]</td><td>px</td></tr>
 * <tr><td>{@code y}</td><td>float32 [rows]</td><td>px</td></tr>
 * <tr><td>{@code u}, {@code v}</td><td>float32 [rows][columns]</td><td>px</td></tr>
 * <tr><td>{@code signal_to_noise}</td><td>float32 [rows][columns]</td><td>1</td></tr>
 * <tr><td>{@code flags}</td><td>int8 [rows][columns]</td><td>1</td></tr>
 * <tr><td>{@code count} (mean only)</td><td>int32 [rows][columns]</td><td>1</td></tr>
 * </table>
 *
 * <p>Each dataset has the attributes {@code units} and {@code description}. The root has {@code key}, {@code creator},
 * {@code window_sizes} (int32, px, one per pass) and {@code overlap} (float64); the mean also {@code pairs} (int32).
 * There is no time stamp: equal input gives equal bytes.
 */
public final class FieldFile {

    private static final String CREATOR = "reactor-topology piv";

    /** About what headers take, bytes. */
    private static final int HEADERS = 1 << 12;

    private FieldFile() {}

    /**
     * Writes a field, atomically, replacing a file of that name.
     *
     * @param path file to write; its directory exists
     * @param key name of the pair
     * @param settings how the field was measured
     * @param field the field; at least one column and one row
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if the field has no vectors or an array of the wrong length
     */
    public static void write(Path path, String key, InterrogationSettings settings, VelocityField field)
            throws IOException {
        HdfWriter file = begin(key, settings, field);
        putField(file, field);
        write(path, file);
    }

    /** As {@link #write(Path, String, InterrogationSettings, VelocityField)}, for the mean with its counts. */
    static void writeMean(Path path, InterrogationSettings settings, MeanField mean) throws IOException {
        VelocityField field = mean.field();
        HdfWriter file = begin("mean", settings, field);
        file.root().attribute("pairs", mean.pairs());
        putField(file, field);
        describe(file.put("count", mean.counts(), field.rows(), field.columns()), "1", "number of vectors averaged");
        write(path, file);
    }

    /**
     * Reads a field that {@link #write} has written; the floats come back bit by bit.
     *
     * @param path file to read
     * @return the field
     * @throws IOException if the file is missing, is no HDF5 file, or lacks a dataset
     */
    public static VelocityField read(Path path) throws IOException {
        try (HdfFile file = new HdfFile(path)) {
            float[] x = floats(file, "x");
            float[] y = floats(file, "y");
            return new VelocityField(
                    x.length,
                    y.length,
                    x,
                    y,
                    floats(file, "u"),
                    floats(file, "v"),
                    floats(file, "signal_to_noise"),
                    (byte[]) dataset(file, "flags").getDataFlat());
        } catch (RuntimeException e) {
            // Whatever type: a damaged file sends the library to any place in it.
            throw new IOException(
                    "cannot read a velocity field from '" + path + "': " + e.getMessage()
                            + "; give a file that this example has written, or remove it and measure the pair again",
                    e);
        }
    }

    private static void write(Path path, HdfWriter content) throws IOException {
        AtomicFiles.write(path, temporary -> {
            try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = content.file();
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            }
        });
    }

    private static HdfWriter begin(String key, InterrogationSettings settings, VelocityField field) {
        int grid = field.rows() * field.columns();
        HdfWriter file = new HdfWriter(Integer.BYTES * (field.columns() + field.rows() + 4 * grid) + HEADERS);
        HdfHeader root = file.root();
        root.attribute("key", key);
        root.attribute("creator", CREATOR);
        root.attribute(
                "window_sizes",
                settings.windowSizesPx().stream().mapToInt(Integer::intValue).toArray());
        root.attribute("overlap", settings.overlap());
        return file;
    }

    private static void putField(HdfWriter file, VelocityField field) {
        int columns = field.columns();
        int rows = field.rows();
        describe(
                file.put("x", field.x(), columns), "px", "window centre, rightwards from the centre of the left pixel");
        describe(file.put("y", field.y(), rows), "px", "window centre, downwards from the centre of the top pixel");
        describe(file.put("u", field.u(), rows, columns), "px", "displacement from first to second image, rightwards");
        describe(file.put("v", field.v(), rows, columns), "px", "displacement from first to second image, downwards");
        describe(
                file.put("signal_to_noise", field.signalToNoise(), rows, columns),
                "1",
                "signal-to-noise ratio of the correlation peak");
        describe(
                file.put("flags", field.flags(), rows, columns),
                "1",
                "sum of 1 (replaced outlier), 2 (low signal-to-noise), 4 (not measured); 0 is a good vector");
    }

    private static void describe(HdfHeader dataset, String units, String description) {
        dataset.attribute("units", units);
        dataset.attribute("description", description);
    }

    private static float[] floats(HdfFile file, String name) {
        return (float[]) dataset(file, name).getDataFlat();
    }

    private static Dataset dataset(HdfFile file, String name) {
        if (file.getChild(name) instanceof Dataset dataset) {
            return dataset;
        }
        throw new IllegalArgumentException("there is no dataset '" + name + "'");
    }
}
