/** Many small files. */
@NullMarked
package org.reactortopology.benchmarks.files;

import org.jspecify.annotations.NullMarked;
