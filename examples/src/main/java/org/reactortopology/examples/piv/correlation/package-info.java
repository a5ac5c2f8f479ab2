/**
 * Displacement fields from pairs of particle images by window cross-correlation in several passes.
 */
@NullMarked
package org.reactortopology.examples.piv.correlation;

import org.jspecify.annotations.NullMarked;
