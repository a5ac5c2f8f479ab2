/**
 * What executors are built from: the graph as a plan, items as they travel, the engines that run a slice, the recorder of a run.
 *
 * <p>For those who write executors; users of topologies need none of it.
 */
@NullMarked
package org.reactortopology.spi;

import org.jspecify.annotations.NullMarked;
