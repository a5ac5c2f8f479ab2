/** The command line of the examples. */
@NullMarked
package org.reactortopology.examples;

import org.jspecify.annotations.NullMarked;
