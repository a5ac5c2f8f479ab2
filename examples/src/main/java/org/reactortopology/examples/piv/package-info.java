/**
 * The particle-image velocimetry example: from image pairs to displacement fields.
 */
@NullMarked
package org.reactortopology.examples.piv;

import org.jspecify.annotations.NullMarked;
