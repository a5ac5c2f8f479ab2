/** What the process is attached to: terminals, their size, and what may be sent to them. */
@NullMarked
package org.reactortopology.commandline.internal.terminal;

import org.jspecify.annotations.NullMarked;
