/** Turns what is known of a job into text for people and JSON for scripts. */
@NullMarked
package org.reactortopology.commandline.internal.view;

import org.jspecify.annotations.NullMarked;
