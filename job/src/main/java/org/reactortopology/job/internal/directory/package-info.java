/** The files of a job directory besides the ledger. */
@NullMarked
package org.reactortopology.job.internal.directory;

import org.jspecify.annotations.NullMarked;
