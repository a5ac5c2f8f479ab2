/** Runs a topology over child JVMs: start at {@link org.reactortopology.multiprocess.MultiProcessExecutor}. */
@NullMarked
package org.reactortopology.multiprocess;

import org.jspecify.annotations.NullMarked;
