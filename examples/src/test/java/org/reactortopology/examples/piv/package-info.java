/** Tests of the particle-image velocimetry example. */
@NullMarked
package org.reactortopology.examples.piv;

import org.jspecify.annotations.NullMarked;
