/** The ledger: what became of every key, in a file that survives any death. */
@NullMarked
package org.reactortopology.job.internal.ledger;

import org.jspecify.annotations.NullMarked;
