/** Draws a topology as text, DOT and Mermaid. */
@NullMarked
package org.reactortopology.internal.graph;

import org.jspecify.annotations.NullMarked;
