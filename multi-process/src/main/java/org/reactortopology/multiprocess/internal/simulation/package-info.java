/** Workers inside this JVM, over the in-memory transport: the whole protocol without a process, for tests and simulations. */
@NullMarked
package org.reactortopology.multiprocess.internal.simulation;

import org.jspecify.annotations.NullMarked;
