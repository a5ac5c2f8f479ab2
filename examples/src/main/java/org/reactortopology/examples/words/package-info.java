/** Counts the words of many small text files, one outcome for each file. */
@NullMarked
package org.reactortopology.examples.words;

import org.jspecify.annotations.NullMarked;
