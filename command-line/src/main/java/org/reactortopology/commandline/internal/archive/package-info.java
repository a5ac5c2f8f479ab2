/** The archive from which a command loads its classes quickly. */
@NullMarked
package org.reactortopology.commandline.internal.archive;

import org.jspecify.annotations.NullMarked;
