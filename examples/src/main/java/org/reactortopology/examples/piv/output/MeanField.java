package org.reactortopology.examples.piv.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.reactortopology.examples.piv.correlation.VelocityField;

/**
 * The average of velocity fields on one grid.
 *
 * @param field the averages. {@code u}, {@code v} and the signal-to-noise ratio are NaN and the flag is 4 (not measured)
 *     where no field has a vector; all other flags are 0
 * @param counts number of vectors averaged per grid point, row-major [rows*columns]
 * @param pairs number of fields averaged
 */
@SuppressWarnings("ArrayRecordComponent") // one value per grid point, owned by whoever holds the field
public record MeanField(VelocityField field, int[] counts, int pairs) {

    /** Name of the HDF5 file in the output directory. */
    public static final String DATA_NAME = "mean.h5";

    /** Name of the picture in the output directory. */
    public static final String PICTURE_NAME = "mean.png";

    /**
     * Writes {@value #DATA_NAME} and {@value #PICTURE_NAME}, each atomically. Without a picture, that of an earlier run is removed.
     *
     * @param directory an existing directory
     * @param settings how the fields were measured
     * @param picture whether there is to be a picture
     * @throws IOException if a file cannot be written
     */
    public void write(Path directory, InterrogationSettings settings, boolean picture) throws IOException {
        FieldFile.writeMean(directory.resolve(DATA_NAME), settings, this);
        if (picture) {
            VectorPicture.writeMean(directory.resolve(PICTURE_NAME), this);
        } else {
            Files.deleteIfExists(directory.resolve(PICTURE_NAME));
        }
    }

    /**
     * Adds up fields one at a time, so that memory holds one grid however many fields there are.
     *
     * <p>Sums are kept in double precision in the order of the calls: the same fields in the same order give the same
     * bits. Vectors that were not measured (flag 4, or not finite) do not count; replaced and weak ones do. Not safe for
     * use by several threads at once.
     */
    public static final class Accumulator {

        private @Nullable VelocityField grid;
        private double[] sumU = {};
        private double[] sumV = {};
        private double[] sumSignalToNoise = {};
        private int[] counts = {};
        private int pairs;

        /**
         * Adds one field; the first one sets the grid.
         *
         * @param field the field to add; its arrays are read before this returns
         * @throws IllegalArgumentException if its grid is not exactly that of the first field; nothing is then added
         */
        public void add(VelocityField field) {
            if (grid == null) {
                start(field);
            } else {
                requireSameGrid(grid, field);
            }
            for (int i = 0; i < counts.length; i++) {
                if (VectorFlags.isMeasured(field, i)) {
                    sumU[i] += field.u()[i];
                    sumV[i] += field.v()[i];
                    sumSignalToNoise[i] += field.signalToNoise()[i];
                    counts[i]++;
                }
            }
            pairs++;
        }

        /** The number of fields added so far. */
        public int pairs() {
            return pairs;
        }

        /**
         * The average of the fields added so far.
         *
         * @throws IllegalStateException if none was added
         */
        public MeanField mean() {
            VelocityField first = grid;
            if (first == null) {
                throw new IllegalStateException(
                        "no field was added, so there is no mean; ask for it only when pairs() is above 0");
            }
            byte[] flags = new byte[counts.length];
            for (int i = 0; i < flags.length; i++) {
                flags[i] = counts[i] == 0 ? VelocityField.NOT_MEASURED : 0;
            }
            VelocityField field = new VelocityField(
                    first.columns(),
                    first.rows(),
                    first.x().clone(),
                    first.y().clone(),
                    average(sumU),
                    average(sumV),
                    average(sumSignalToNoise),
                    flags);
            return new MeanField(field, counts.clone(), pairs);
        }

        private void start(VelocityField field) {
            int size = field.rows() * field.columns();
            grid = field;
            sumU = new double[size];
            sumV = new double[size];
            sumSignalToNoise = new double[size];
            counts = new int[size];
        }

        private float[] average(double[] sums) {
            float[] averages = new float[sums.length];
            for (int i = 0; i < sums.length; i++) {
                averages[i] = counts[i] == 0 ? Float.NaN : (float) (sums[i] / counts[i]);
            }
            return averages;
        }

        private static void requireSameGrid(VelocityField first, VelocityField other) {
            if (first.columns() != other.columns()
                    || first.rows() != other.rows()
                    || !Arrays.equals(first.x(), other.x())
                    || !Arrays.equals(first.y(), other.y())) {
                throw new IllegalArgumentException("cannot average a field on grid " + describe(other)
                        + " with fields on grid " + describe(first)
                        + ": a mean needs one grid; use images of one size and the same window sizes and overlap");
            }
        }

        private static String describe(VelocityField field) {
            return field.columns() + "x" + field.rows() + " (x " + range(field.x()) + ", y " + range(field.y())
                    + " px)";
        }

        private static String range(float[] centres) {
            return centres.length == 0 ? "empty" : centres[0] + " to " + centres[centres.length - 1];
        }
    }
}
