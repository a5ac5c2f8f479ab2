/** Keeps workers between runs and shares them out among the runs that ask; sees no process. */
@NullMarked
package org.reactortopology.multiprocess.internal.pool;

import org.jspecify.annotations.NullMarked;
