/**
 * Describes a topology once and runs it anywhere: the DSL, its outcomes, and the executors that run in one JVM.
 *
 * <p>Start at {@link org.reactortopology.Topology#named(String)} to build a topology and at
 * {@link org.reactortopology.TopologyExecutor#run(Topology)} to run it.
 */
@NullMarked
package org.reactortopology;

import org.jspecify.annotations.NullMarked;
