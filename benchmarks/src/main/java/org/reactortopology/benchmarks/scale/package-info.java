/** The suite {@code scale}: what an item costs as runs, works and workers grow, and what one coordinator can do. */
@NullMarked
package org.reactortopology.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
