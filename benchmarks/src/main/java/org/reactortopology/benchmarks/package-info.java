/** Harnesses that print what the documentation claims. */
@NullMarked
package org.reactortopology.benchmarks;

import org.jspecify.annotations.NullMarked;
