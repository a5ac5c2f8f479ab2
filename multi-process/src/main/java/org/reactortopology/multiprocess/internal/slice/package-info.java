/** What both sides know of the part of a topology that workers run. */
@NullMarked
package org.reactortopology.multiprocess.internal.slice;

import org.jspecify.annotations.NullMarked;
