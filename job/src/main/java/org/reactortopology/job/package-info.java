/** Jobs: runs that leave a ledger, so that they can be resumed, explained and reported whatever died. */
@NullMarked
package org.reactortopology.job;

import org.jspecify.annotations.NullMarked;
