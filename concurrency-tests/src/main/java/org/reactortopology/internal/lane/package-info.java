/** What may happen when threads meet in the lane operators, and what may not. */
@NullMarked
package org.reactortopology.internal.lane;

import org.jspecify.annotations.NullMarked;
