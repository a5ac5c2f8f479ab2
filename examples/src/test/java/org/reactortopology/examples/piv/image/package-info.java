/** Tests of reading, writing and making particle images. */
@NullMarked
package org.reactortopology.examples.piv.image;

import org.jspecify.annotations.NullMarked;
