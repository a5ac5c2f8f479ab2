/** Ends fluxes before their time, without losing what has come. */
@NullMarked
package org.reactortopology.internal.end;

import org.jspecify.annotations.NullMarked;
