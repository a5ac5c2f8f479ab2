/** Values of 50 KiB and 1 MiB over workers, beside a raw socket and beside threads. */
@NullMarked
package org.reactortopology.benchmarks.large;

import org.jspecify.annotations.NullMarked;
