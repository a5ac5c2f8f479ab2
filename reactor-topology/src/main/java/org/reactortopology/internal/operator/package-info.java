/** What the verbs of the graph do to a flux of items: joins, windows, loops, order. */
@NullMarked
package org.reactortopology.internal.operator;

import org.jspecify.annotations.NullMarked;
