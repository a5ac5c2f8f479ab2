/** The commands, one class each. */
@NullMarked
package org.reactortopology.commandline.internal.command;

import org.jspecify.annotations.NullMarked;
