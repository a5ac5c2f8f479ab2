/** Reads a ledger while any process writes it, and after any death; writes nothing. */
@NullMarked
package org.reactortopology.job.internal.reading;

import org.jspecify.annotations.NullMarked;
