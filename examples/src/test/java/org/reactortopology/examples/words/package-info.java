/** Tests of the example that counts words. */
@NullMarked
package org.reactortopology.examples.words;

import org.jspecify.annotations.NullMarked;
