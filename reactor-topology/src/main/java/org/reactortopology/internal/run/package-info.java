/** Keeps one run: its single subscription, its state, its report. */
@NullMarked
package org.reactortopology.internal.run;

import org.jspecify.annotations.NullMarked;
