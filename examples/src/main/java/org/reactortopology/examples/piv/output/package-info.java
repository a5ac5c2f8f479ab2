/**
 * Writes what the velocimetry example found: one HDF5 file and one picture per pair, the mean field and a page that
 * shows all of it.
 *
 * <p>{@link org.reactortopology.examples.piv.output.FieldStore} is the door for one pair, {@link
 * org.reactortopology.examples.piv.output.MeanField} and {@link org.reactortopology.examples.piv.output.IndexPage} come
 * after the last pair. Every file appears whole or not at all ({@link
 * org.reactortopology.AtomicFiles}), several processes may write into one directory at once, and the
 * same input gives the same bytes. Nothing here needs a display, a font or the network.
 */
@NullMarked
package org.reactortopology.examples.piv.output;

import org.jspecify.annotations.NullMarked;
