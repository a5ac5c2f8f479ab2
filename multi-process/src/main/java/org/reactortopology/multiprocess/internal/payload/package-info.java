/** Turns the values that items carry into bytes and back. */
@NullMarked
package org.reactortopology.multiprocess.internal.payload;

import org.jspecify.annotations.NullMarked;
