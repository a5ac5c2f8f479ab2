/** Puts bounded buffers on edges and lanes of a hop on shared threads: the operators that the engines are made of. */
@NullMarked
package org.reactortopology.internal.lane;

import org.jspecify.annotations.NullMarked;
