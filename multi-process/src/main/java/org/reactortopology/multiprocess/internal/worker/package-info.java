/** The other side: what runs inside a child JVM. */
@NullMarked
package org.reactortopology.multiprocess.internal.worker;

import org.jspecify.annotations.NullMarked;
