/** Large values in memory that a coordinator and a worker both map, so that a frame only says where they lie. */
@NullMarked
package org.reactortopology.multiprocess.internal.claim;

import org.jspecify.annotations.NullMarked;
