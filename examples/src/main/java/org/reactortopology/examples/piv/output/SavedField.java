package org.reactortopology.examples.piv.output;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the result of one pair lies and what it is like, small enough to send between processes.
 *
 * @param name name of the files without {@code .h5} and {@code .png}
 * @param data the HDF5 file
 * @param picture the PNG file, null if none was drawn
 * @param columns vectors in a row
 * @param rows vectors in a column
 * @param flagged number of vectors with any flag
 * @param medianMagnitude median displacement of the measured vectors in px, NaN if there are none
 */
public record SavedField(
        String name, Path data, @Nullable Path picture, int columns, int rows, int flagged, float medianMagnitude) {}
