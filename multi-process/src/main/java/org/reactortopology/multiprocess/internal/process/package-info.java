/** Starts child JVMs, watches them, and cleans up after them. */
@NullMarked
package org.reactortopology.multiprocess.internal.process;

import org.jspecify.annotations.NullMarked;
