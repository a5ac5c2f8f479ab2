/** Builds the parameters of a factory from what a person typed. */
@NullMarked
package org.reactortopology.commandline.internal.parameters;

import org.jspecify.annotations.NullMarked;
