/** What small items cost on their way to a worker and back. */
@NullMarked
package org.reactortopology.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
