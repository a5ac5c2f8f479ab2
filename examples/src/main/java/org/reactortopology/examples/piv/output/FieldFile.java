package org.reactortopology.examples.piv.output;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.WritableNode;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Path;
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
 * There is no time stamp: equal input gives equal bytes on one kind of machine (the library notes its version, the
 * operating system and the processor type in each file).
 */
public final class FieldFile {

    private static final String CREATOR = "reactor-topology piv";

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
        write(path, file -> {
            putRootAttributes(file, key, settings);
            putField(file, field);
        });
    }

    /** As {@link #write(Path, String, InterrogationSettings, VelocityField)}, for the mean with its counts. */
    static void writeMean(Path path, InterrogationSettings settings, MeanField mean) throws IOException {
        VelocityField field = mean.field();
        write(path, file -> {
            putRootAttributes(file, "mean", settings);
            file.putAttribute("pairs", mean.pairs());
            putField(file, field);
            int[][] counts = new int[field.rows()][field.columns()];
            for (int row = 0; row < field.rows(); row++) {
                System.arraycopy(mean.counts(), row * field.columns(), counts[row], 0, field.columns());
            }
            describe(file.putDataset("count", counts), "1", "number of vectors averaged");
        });
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

    private interface Content {
        void put(WritableHdfFile file);
    }

    private static void write(Path path, Content content) throws IOException {
        AtomicFiles.write(path, temporary -> {
            try (WritableHdfFile file = HdfFile.write(temporary)) {
                content.put(file);
            } catch (HdfException e) {
                throw new IOException("cannot write '" + path + "': " + e.getMessage(), e);
            }
        });
    }

    private static void putRootAttributes(WritableHdfFile file, String key, InterrogationSettings settings) {
        file.putAttribute("key", key);
        file.putAttribute("creator", CREATOR);
        file.putAttribute(
                "window_sizes",
                settings.windowSizesPx().stream().mapToInt(Integer::intValue).toArray());
        file.putAttribute("overlap", settings.overlap());
    }

    private static void putField(WritableHdfFile file, VelocityField field) {
        describe(file.putDataset("x", field.x()), "px", "window centre, rightwards from the centre of the left pixel");
        describe(file.putDataset("y", field.y()), "px", "window centre, downwards from the centre of the top pixel");
        describe(
                file.putDataset("u", grid(field, field.u())),
                "px",
                "displacement from first to second image, rightwards");
        describe(
                file.putDataset("v", grid(field, field.v())),
                "px",
                "displacement from first to second image, downwards");
        describe(
                file.putDataset("signal_to_noise", grid(field, field.signalToNoise())),
                "1",
                "signal-to-noise ratio of the correlation peak");
        byte[][] flags = new byte[field.rows()][field.columns()];
        for (int row = 0; row < field.rows(); row++) {
            System.arraycopy(field.flags(), row * field.columns(), flags[row], 0, field.columns());
        }
        describe(
                file.putDataset("flags", flags),
                "1",
                "sum of 1 (replaced outlier), 2 (low signal-to-noise), 4 (not measured); 0 is a good vector");
    }

    private static void describe(WritableNode dataset, String units, String description) {
        dataset.putAttribute("units", units);
        dataset.putAttribute("description", description);
    }

    private static float[][] grid(VelocityField field, float[] values) {
        float[][] grid = new float[field.rows()][field.columns()];
        for (int row = 0; row < field.rows(); row++) {
            System.arraycopy(values, row * field.columns(), grid[row], 0, field.columns());
        }
        return grid;
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
