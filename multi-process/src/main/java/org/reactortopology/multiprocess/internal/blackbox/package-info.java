/** What a worker was busy with, kept where its death does not reach. */
@NullMarked
package org.reactortopology.multiprocess.internal.blackbox;

import org.jspecify.annotations.NullMarked;
