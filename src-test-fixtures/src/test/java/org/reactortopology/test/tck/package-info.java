/** The Reactive Streams rules for the outcomes of each executor of one JVM. */
@NullMarked
package org.reactortopology.test.tck;

import org.jspecify.annotations.NullMarked;
