/** Tests of the displacement measurement. */
@NullMarked
package org.reactortopology.examples.piv.correlation;

import org.jspecify.annotations.NullMarked;
