/** Runs that record what becomes of every key. */
@NullMarked
package org.reactortopology.job.internal.run;

import org.jspecify.annotations.NullMarked;
