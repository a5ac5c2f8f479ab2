/** The kinds of series behind {@link org.reactortopology.Series}. */
@NullMarked
package org.reactortopology.internal.series;

import org.jspecify.annotations.NullMarked;
