/** The velocimetry command as a user calls it. */
@NullMarked
package org.reactortopology.benchmarks.piv;

import org.jspecify.annotations.NullMarked;
