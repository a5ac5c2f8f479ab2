/** Carries frames between two ends: over a socket, or in memory. */
@NullMarked
package org.reactortopology.multiprocess.internal.transport;

import org.jspecify.annotations.NullMarked;
