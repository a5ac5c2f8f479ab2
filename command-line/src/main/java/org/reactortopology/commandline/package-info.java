/** The command line for jobs. */
@NullMarked
package org.reactortopology.commandline;

import org.jspecify.annotations.NullMarked;
