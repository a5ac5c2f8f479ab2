/** Splits the source, feeds the workers, merges their outcomes; knows no socket and no process. */
@NullMarked
package org.reactortopology.multiprocess.internal.coordinator;

import org.jspecify.annotations.NullMarked;
