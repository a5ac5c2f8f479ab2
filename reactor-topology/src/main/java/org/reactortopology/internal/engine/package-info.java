/** Runs the works of a slice: fuses them into hops and puts the hops on threads. */
@NullMarked
package org.reactortopology.internal.engine;

import org.jspecify.annotations.NullMarked;
